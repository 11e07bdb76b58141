import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { installSnap } from '@metamask/snaps-simulation';
import { getSnapChecksum, type SnapManifest, VirtualFile } from '@metamask/snaps-utils';
import { median, report } from './report';

const PACKAGE = join(import.meta.dirname, '..', '..', 'dist', 'snap');
const BUNDLE = 'dist/bundle.js';
const MANIFEST = 'snap.manifest.json';
const STARTS = 20;

/** A snap's package by path. */
type Files = ReadonlyMap<string, Buffer>;

/** Size of the bundle, and how long the sandbox takes to start it beside one that does nothing. */
export async function benchSnap(): Promise<void> {
  const ours = packageFiles();
  const bundle = fileOf(ours, BUNDLE);
  report('snap bundle', `${kilobytes(bundle)}; gzip ${kilobytes(gzipSync(bundle))}`);
  const own = await startMedian(ours);
  const empty = await startMedian(await emptied(ours));
  report(
    `snap start, sandbox included, median of ${STARTS}`,
    `${own.toFixed(0)} ms; an empty snap ${empty.toFixed(0)} ms; ratio ${(own / empty).toFixed(2)}`,
  );
}

function packageFiles(): Files {
  const paths = readdirSync(PACKAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(PACKAGE, path), readFileSync(path)]));
}

function fileOf(files: Files, path: string): Buffer {
  const file = files.get(path);
  if (file === undefined) throw new Error(`${path} is missing: build the snap first`);
  return file;
}

/** The same package with a bundle that only answers, and the shasum that goes with it. */
async function emptied(files: Files): Promise<Files> {
  const bundle = Buffer.from('module.exports.onRpcRequest = () => null;');
  const manifest = JSON.parse(fileOf(files, MANIFEST).toString()) as SnapManifest;
  const virtual = (path: string, value: Buffer): VirtualFile =>
    new VirtualFile({ path, value: value.toString() });
  const icon = manifest.source.location.npm.iconPath;
  manifest.source.shasum = await getSnapChecksum({
    manifest: new VirtualFile({
      path: MANIFEST,
      value: JSON.stringify(manifest),
      result: manifest,
    }) as VirtualFile<SnapManifest>,
    sourceCode: virtual(BUNDLE, bundle),
    ...(icon === undefined ? {} : { svgIcon: virtual(icon, fileOf(files, icon)) }),
    auxiliaryFiles: [],
    localizationFiles: [],
  });
  return new Map([...files, [BUNDLE, bundle], [MANIFEST, Buffer.from(JSON.stringify(manifest))]]);
}

async function startMedian(files: Files): Promise<number> {
  const server = createServer((request, response) => {
    const file = files.get((request.url ?? '').slice(1));
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const times: number[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    const start = performance.now();
    const snap = await installSnap(
      `local:http://localhost:${port}` as Parameters<typeof installSnap>[0],
    );
    times.push(performance.now() - start);
    await snap.executionService.terminateAllSnaps();
  }
  server.close();
  return median(times);
}

function kilobytes(bytes: Uint8Array): string {
  return `${(bytes.length / 1000).toFixed(0)} kB`;
}
