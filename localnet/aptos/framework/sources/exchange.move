/// Gives USDL for APT, at a price of its own.
module demo::exchange {
    use std::error;
    use std::signer;
    use aptos_framework::aptos_account;
    use aptos_framework::event;
    use demo::dollar;

    /// The dollars would be fewer than were asked for
    const ETOO_FEW: u64 = 1;

    /// Of an APT, in millionths of a dollar.
    const PRICE: u64 = 4500000;
    const OCTAS_OF_ONE_APT: u64 = 100000000;

    #[event]
    struct Swapped has drop, store {
        by: address,
        octas: u64,
        dollars: u64
    }

    /// Takes the octas, and gives no fewer dollars than `least`.
    public entry fun swap(account: &signer, octas: u64, least: u64) {
        let dollars = (((octas as u128) * (PRICE as u128) / (OCTAS_OF_ONE_APT as u128)) as u64);
        assert!(dollars >= least, error::aborted(ETOO_FEW));
        aptos_account::transfer(account, @demo, octas);
        dollar::mint(account, dollars);
        event::emit(Swapped { by: signer::address_of(account), octas, dollars });
    }
}
