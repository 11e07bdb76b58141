/** What the slowest syscalls take here beside what they charge the host budget. */
import {
  COSTLY_SYSCALLS,
  calibrate,
  ofWholeTransaction,
} from '../../test/vm-preview/svm/syscalls/costly';
import { report } from './report';

export async function benchSyscalls(): Promise<void> {
  for (const syscall of COSTLY_SYSCALLS) {
    const calibration = calibrate(syscall);
    const { name, microseconds, first, charged } = calibration;
    const whole = ofWholeTransaction(calibration) / 1e6;
    report(
      name,
      `${microseconds.toFixed(0)} µs, charged ${charged.toFixed(0)}; the first ${first.toFixed(0)} µs; 1.4 M units of it ${whole.toFixed(1)} s`,
    );
  }
}
