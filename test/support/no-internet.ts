/**
 * Unit tests ask nobody but this machine: what is not mocked and would reach out fails with the host's
 * name, whoever swallows that.
 */
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;

const real = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  const { hostname } = new URL(url);
  if (!LOOPBACK.test(hostname)) {
    process.stderr.write(`A unit test asked ${hostname}, which is refused.\n`);
    throw new Error(`a unit test asked ${hostname}`);
  }
  return real(input, init);
};
