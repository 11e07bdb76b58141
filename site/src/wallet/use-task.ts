import { useCallback, useState } from 'react';
import { WalletError } from '../../provider';

export interface Task {
  /** What is going on, in the words it was started with. */
  readonly running: string | undefined;
  readonly problem: string | undefined;
  start(name: string, work: () => Promise<void>): void;
}

/** One thing at a time, and the sentence that it failed with. */
export function useTask(): Task {
  const [running, setRunning] = useState<string>();
  const [problem, setProblem] = useState<string>();

  const start = useCallback((name: string, work: () => Promise<void>) => {
    setRunning(name);
    setProblem(undefined);
    work()
      .catch((thrown: unknown) => setProblem(sentenceOf(thrown)))
      .finally(() => setRunning(undefined));
  }, []);

  return { running, problem, start };
}

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof WalletError && thrown.isRejection) return 'You said no in MetaMask.';
  return thrown instanceof Error ? thrown.message : String(thrown);
}
