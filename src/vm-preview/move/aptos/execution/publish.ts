import { CannotPreview } from '../../../errors';
import type { PublishRequest } from '../natives/context';
import type { ChangeSet } from '../storage';
import type { Payment } from './payload';
import type { TransactionRun } from './run';
import type { Session } from './session';

export function finishWithPublishing(
  _session: Session,
  _request: PublishRequest,
  _payment: Payment,
  _run: TransactionRun,
): ChangeSet {
  throw new CannotPreview('aptos-publish', 'code that is published');
}
