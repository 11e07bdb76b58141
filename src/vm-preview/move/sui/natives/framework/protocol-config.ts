import { CannotPreview } from '../../../../errors';
import { type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes } from '../../../core/values';
import { ELSEWHERE } from '../../protocol/elsewhere';
import type { SuiNativeContext } from '../context';

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** 0x2::protocol_config (sui-move-natives, protocol_config.rs). It costs nothing. */
export function protocolConfigNatives({ protocol }: SuiNativeContext): NativeRegistry {
  return nativesOf('0x2::protocol_config', {
    is_feature_enabled: ({ args: [name] }) => {
      let text: string;
      try {
        text = DECODER.decode(asBytes(name));
      } catch {
        // What is no UTF-8 names no flag.
        return [false];
      }
      if (ELSEWHERE.has(text))
        throw new CannotPreview(
          'sui-protocol-flag',
          'a flag of the protocol that is not kept here',
          {
            flag: text,
          },
        );
      return [protocol.feature(text)];
    },
  });
}
