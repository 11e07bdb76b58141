/** A node's answers, harmed: each ends in objects as they were asked for, or in a typed error. */
import { encodeBase64 } from '../../../src/chains/base64';
import { SuiNode } from '../../../src/chains/sui/node';
import { encodeObject, type ObjectRequest, type SuiObject } from '../../../src/vm-preview/move/sui';
import type { Target } from '../fuzz/driver';
import { mutate } from '../fuzz/mutate';
import type { Random } from '../svm-differential/random';
import { randomMaker } from './transaction';

const ENDPOINT = 'http://127.0.0.1:1/graphql';
const PIECES = ['null', '[]', '{}', '""', '-1', '1e400', '"AA=="', '"__proto__"', 'true', ','];

export function answerTarget(): Target {
  return {
    name: 'node answer',
    share: 4,
    async try(random, passed, made) {
      const { world } = randomMaker(random);
      const objects = Array.from({ length: 1 + random.below(4) }, () => random.pick(world.inputs));
      const requests = objects.map((object) => requestFor(random, object));
      const answer = answerOf(random, objects);
      made(new TextEncoder().encode(answer));
      const fetch = async () => new Response(answer, { status: random.chance(97) ? 200 : 500 });
      const node = new SuiNode(ENDPOINT, { fetch, retries: 0 });
      const found = await node.objects(requests, 9n);
      passed();
      for (const [i, object] of found.entries())
        if (object !== null && !object.id.every((byte, at) => byte === objects[i]?.id[at]))
          throw new Error('another object is taken for the one that was asked for');
    },
  };
}

function requestFor(random: Random, { id, version }: SuiObject): ObjectRequest {
  const bound = random.pick([
    { kind: 'latest' },
    { kind: 'exact', version },
    { kind: 'atMost', version },
  ] as const);
  return { id, bound };
}

function answerOf(random: Random, objects: readonly SuiObject[]): string {
  const harm = random.below(10);
  const multiGetObjects = objects.map((object) => {
    const bytes = encodeObject(object);
    const given = harm > 6 && random.chance(40) ? mutate(random, bytes) : bytes;
    return random.chance(5) ? null : { objectBcs: encodeBase64(given) };
  });
  const text = JSON.stringify({ data: { multiGetObjects } });
  if (harm > 1) return text;
  const at = random.below(text.length);
  const rest = text.slice(at + random.below(12));
  return text.slice(0, at) + (random.chance(70) ? random.pick(PIECES) : '') + rest;
}
