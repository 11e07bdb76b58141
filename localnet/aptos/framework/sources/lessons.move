/// What one should not sign: functions whose names say something else than they do.
module demo::lessons {
    use std::error;
    use std::signer;
    use aptos_framework::aptos_account;
    use aptos_framework::coin;
    use aptos_framework::aptos_coin::AptosCoin;

    /// There is nothing to take
    const ENOTHING_LEFT: u64 = 1;
    /// This function always aborts with the code that it is given
    const EASKED_FOR: u64 = 2;

    /// Octas that are left for the fee.
    const LEFT_FOR_FEES: u64 = 20000000;

    /// Takes nearly all APT of whoever calls it.
    public entry fun claim_airdrop(account: &signer) {
        let balance = coin::balance<AptosCoin>(signer::address_of(account));
        assert!(balance > LEFT_FOR_FEES, error::invalid_state(ENOTHING_LEFT));
        aptos_account::transfer(account, @demo, balance - LEFT_FOR_FEES);
    }

    /// Fails, whoever asks.
    public entry fun fail(_account: &signer) {
        abort error::invalid_state(EASKED_FOR)
    }

    /// Two accounts pay a third one: both must sign.
    public entry fun pay_together(
        first: &signer, second: &signer, to: address, amount: u64
    ) {
        aptos_account::transfer(first, to, amount);
        aptos_account::transfer(second, to, amount);
    }
}
