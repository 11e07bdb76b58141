/** What a preview looks like, before there is one. */
export function Picture() {
  return (
    <aside className="picture" aria-label="What a preview says">
      <p className="picture-title">A preview, as MetaMask shows it</p>
      <div className="picture-window">
        <div className="picture-site">
          <span className="picture-dot" aria-hidden="true" />
          free-airdrop.example asks
        </div>
        <div className="picture-alarm">
          <strong>Danger</strong>
          <p>Somebody else would own your account afterwards.</p>
        </div>
        <dl className="picture-rows">
          <div>
            <dt>What changes for you</dt>
            <dd className="amount loss">−0.000001 SOL</dd>
          </div>
          <div>
            <dt>Owner of your account</dt>
            <dd>
              you → <code>Drai…1111</code>
            </dd>
          </div>
          <div>
            <dt>Fee</dt>
            <dd className="amount">0.000005 SOL</dd>
          </div>
        </dl>
        <div className="picture-foot">Run on your own machine</div>
      </div>
      <p className="quiet">
        The site called it “Claim your airdrop”. The <a href="#/lessons">lessons</a> show more such
        tricks, with no wallet needed.
      </p>
    </aside>
  );
}
