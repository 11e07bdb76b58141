/** Events (sui-types, event.rs). */
import type { SuiEvent } from '../types';
import { blob, type Codec, ID, list, STRUCT_TAG, struct, text } from './codec';

export const EVENT: Codec<SuiEvent> = struct<SuiEvent>({
  package: ID,
  module: text('module of an event'),
  sender: ID,
  type: STRUCT_TAG,
  contents: blob('contents of an event'),
});

/** `TransactionEvents`. */
export const EVENTS: Codec<readonly SuiEvent[]> = list('events', EVENT);
