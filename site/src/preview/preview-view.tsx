/** A preview as a page shows it: the same order as in MetaMask's window. */
import type {
  Fee,
  Preview,
  Severity,
  Verdict,
  Warning,
} from '../../../src/vm-preview/model/preview';
import { SAID_BY_VERDICT } from '../../../src/vm-preview/model/words';
import { Address } from '../parts/address';
import { amount } from '../parts/amount';
import { plain } from '../parts/text';
import { CallTree } from './calls';
import { ChangeList } from './changes';
import { Details } from './details';
import { Source } from './provenance';
import './preview.css';

/** @param milliseconds - how long reading and running took, where it is known */
export function PreviewView({
  preview,
  milliseconds,
}: {
  preview: Preview;
  milliseconds?: number | undefined;
}) {
  const hasAccount = preview.account !== undefined;
  const setting = { chain: preview.chain, coin: preview.fee.asset };
  const warnings = preview.warnings.filter(({ code }) => !SAID_BY_VERDICT.has(code));
  const reassuring = !warnings.some(({ severity }) => ALARMING.has(severity));
  return (
    <article className="preview" aria-label="Preview">
      {reassuring ? null : <Warnings warnings={warnings} />}
      <VerdictBanner
        verdict={preview.verdict}
        network={preview.network.name}
        reassuring={reassuring}
      />
      {reassuring ? <Warnings warnings={warnings} /> : null}
      {hasAccount ? (
        <ChangeList title="What changes for you" changes={preview.changes} setting={setting} />
      ) : null}
      {hasAccount ? (
        preview.othersChanges.length === 0 ? null : (
          <ChangeList
            title="What changes for others"
            changes={preview.othersChanges}
            setting={setting}
          />
        )
      ) : (
        <ChangeList
          title="What changes"
          changes={[...preview.changes, ...preview.othersChanges]}
          setting={setting}
        />
      )}
      <FeeLine fee={preview.fee} />
      <section className="block">
        <h4>What the transaction asks for</h4>
        <CallTree calls={preview.request} chain={preview.chain} />
      </section>
      <Source preview={preview} milliseconds={milliseconds} />
      <Details preview={preview} />
    </article>
  );
}

const ALARMING: ReadonlySet<Severity> = new Set(['critical', 'high']);

/** @param reassuring - that it would succeed is good news: a theft that works is none */
function VerdictBanner({
  verdict,
  network,
  reassuring,
}: {
  verdict: Verdict;
  network: string;
  reassuring: boolean;
}) {
  if (verdict.kind === 'success') {
    return (
      <div className={reassuring ? 'verdict good' : 'verdict'}>
        <strong>It would succeed</strong>
        <span className="quiet">on {plain(network, 40)}</span>
      </div>
    );
  }
  const { error } = verdict;
  return (
    <div className="verdict bad">
      <strong>
        {verdict.kind === 'failure' ? 'It would fail' : `${plain(network, 40)} would not take it`}
      </strong>
      <p>{plain(error.text, 300)}</p>
      <p className="quiet">
        <code>{plain(error.code, 120)}</code>.{' '}
        {verdict.kind === 'failure'
          ? 'Nothing would change, but the fee would be paid.'
          : 'No fee would be paid.'}
      </p>
    </div>
  );
}

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'Danger',
  high: 'Be careful',
  medium: 'Please note',
  info: 'Good to know',
};

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  return warnings.map((warning, index) => (
    // A preview never changes: its lines keep their places.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <div key={index} className={`warning ${warning.severity}`}>
      <strong>{SEVERITIES[warning.severity]}</strong>
      <p>{plain(warning.text, 400)}</p>
      {warning.evidence.length === 0 ? null : (
        <dl className="fields">
          {warning.evidence.map(({ label, value }) => (
            <div key={`${label} ${value}`}>
              <dt>{plain(label, 60)}</dt>
              <dd>{looksLikeAddress(value) ? <Address value={value} /> : plain(value, 200)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  ));
}

function looksLikeAddress(text: string): boolean {
  return /^(?:[1-9A-HJ-NP-Za-km-z]{32,44}|0x[0-9a-f]{64})$/.test(text);
}

function FeeLine({ fee }: { fee: Fee }) {
  const parts = fee.parts.filter(({ amount: part }) => part !== '0');
  return (
    <section className="block">
      <h4>Fee</h4>
      <p>
        <strong className="amount">{amount(fee.total, fee.asset)}</strong>{' '}
        <span className="quiet">
          paid by <Address value={fee.payer} />
        </span>
      </p>
      {parts.length < 2 ? null : (
        <p className="quiet">
          {parts
            .map((part) => `${plain(part.label, 40)} ${amount(part.amount, fee.asset)}`)
            .join(' + ')}
        </p>
      )}
    </section>
  );
}
