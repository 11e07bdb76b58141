/// What must hold before a transaction runs, and what is done when it has run. The virtual machine calls it.
module aptos_framework::transaction_validation {
    use std::error;
    use std::option::{Self, Option};
    use std::signer;
    use std::vector;
    use aptos_framework::account;
    use aptos_framework::aptos_account;
    use aptos_framework::chain_id;
    use aptos_framework::timestamp;
    use aptos_framework::transaction_fee;

    /// What keeps a transaction from running twice.
    enum ReplayProtector {
        Nonce(u64),
        SequenceNumber(u64)
    }

    const MAX_U64: u128 = 18446744073709551615;

    /// Transaction exceeded its allocated max gas
    const EOUT_OF_GAS: u64 = 6;

    const PROLOGUE_EINVALID_ACCOUNT_AUTH_KEY: u64 = 1001;
    const PROLOGUE_ESEQUENCE_NUMBER_TOO_OLD: u64 = 1002;
    const PROLOGUE_ESEQUENCE_NUMBER_TOO_NEW: u64 = 1003;
    const PROLOGUE_ECANT_PAY_GAS_DEPOSIT: u64 = 1005;
    const PROLOGUE_ETRANSACTION_EXPIRED: u64 = 1006;
    const PROLOGUE_EBAD_CHAIN_ID: u64 = 1007;
    const PROLOGUE_ESEQUENCE_NUMBER_TOO_BIG: u64 = 1008;
    const PROLOGUE_ESECONDARY_KEYS_ADDRESSES_COUNT_MISMATCH: u64 = 1009;
    const PROLOGUE_ENONCE_ALREADY_USED: u64 = 1012;

    fun unified_prologue_v2(
        sender: signer,
        txn_sender_public_key: Option<vector<u8>>,
        replay_protector: ReplayProtector,
        secondary_signer_addresses: vector<address>,
        secondary_signer_public_key_hashes: vector<Option<vector<u8>>>,
        txn_gas_price: u64,
        txn_max_gas_units: u64,
        txn_expiration_time: u64,
        chain_id: u8,
        _is_simulation: bool
    ) {
        let addr = signer::address_of(&sender);
        check_terms(txn_expiration_time, chain_id);
        check_key(addr, &txn_sender_public_key);
        check_replay(addr, replay_protector);
        check_payer(addr, txn_gas_price, txn_max_gas_units);
        check_others(secondary_signer_addresses, secondary_signer_public_key_hashes);
    }

    fun unified_prologue_fee_payer_v2(
        sender: signer,
        fee_payer: signer,
        txn_sender_public_key: Option<vector<u8>>,
        fee_payer_public_key_hash: Option<vector<u8>>,
        replay_protector: ReplayProtector,
        secondary_signer_addresses: vector<address>,
        secondary_signer_public_key_hashes: vector<Option<vector<u8>>>,
        txn_gas_price: u64,
        txn_max_gas_units: u64,
        txn_expiration_time: u64,
        chain_id: u8,
        _is_simulation: bool
    ) {
        let addr = signer::address_of(&sender);
        let payer = signer::address_of(&fee_payer);
        check_terms(txn_expiration_time, chain_id);
        check_key(addr, &txn_sender_public_key);
        check_replay(addr, replay_protector);
        check_payer(payer, txn_gas_price, txn_max_gas_units);
        check_others(secondary_signer_addresses, secondary_signer_public_key_hashes);
        check_key(payer, &fee_payer_public_key_hash);
    }

    fun check_terms(expiration: u64, chain_id: u8) {
        assert!(
            timestamp::now_seconds() < expiration,
            error::invalid_argument(PROLOGUE_ETRANSACTION_EXPIRED)
        );
        assert!(
            chain_id::get() == chain_id, error::invalid_argument(PROLOGUE_EBAD_CHAIN_ID)
        );
    }

    fun check_key(addr: address, key: &Option<vector<u8>>) {
        assert!(
            option::contains(key, &account::get_authentication_key(addr)),
            error::invalid_argument(PROLOGUE_EINVALID_ACCOUNT_AUTH_KEY)
        );
    }

    fun check_replay(addr: address, protector: ReplayProtector) {
        match (protector) {
            ReplayProtector::SequenceNumber(number) => {
                let current = account::get_sequence_number(addr);
                assert!(
                    number < (1u64 << 63),
                    error::out_of_range(PROLOGUE_ESEQUENCE_NUMBER_TOO_BIG)
                );
                assert!(
                    number >= current, error::invalid_argument(PROLOGUE_ESEQUENCE_NUMBER_TOO_OLD)
                );
                assert!(
                    number == current, error::invalid_argument(PROLOGUE_ESEQUENCE_NUMBER_TOO_NEW)
                );
            },
            // This chain has no transactions without sequence numbers.
            ReplayProtector::Nonce(_nonce) => {
                abort error::invalid_argument(PROLOGUE_ENONCE_ALREADY_USED)
            }
        }
    }

    fun check_payer(payer: address, price: u64, units: u64) {
        let most = (price as u128) * (units as u128);
        assert!(
            most <= MAX_U64
                && aptos_account::is_fungible_balance_at_least(payer, (most as u64)),
            error::invalid_argument(PROLOGUE_ECANT_PAY_GAS_DEPOSIT)
        );
    }

    fun check_others(addresses: vector<address>, keys: vector<Option<vector<u8>>>) {
        let n = vector::length(&addresses);
        assert!(
            vector::length(&keys) == n,
            error::invalid_argument(PROLOGUE_ESECONDARY_KEYS_ADDRESSES_COUNT_MISMATCH)
        );
        let i = 0;
        while (i < n) {
            check_key(*vector::borrow(&addresses, i), vector::borrow(&keys, i));
            i += 1;
        }
    }

    fun unified_epilogue_v2(
        account: signer,
        gas_payer: signer,
        storage_fee_refunded: u64,
        txn_gas_price: u64,
        txn_max_gas_units: u64,
        gas_units_remaining: u64,
        _is_simulation: bool,
        is_orderless_txn: bool
    ) {
        assert!(
            txn_max_gas_units >= gas_units_remaining, error::invalid_argument(EOUT_OF_GAS)
        );
        let used = txn_max_gas_units - gas_units_remaining;
        assert!(
            (txn_gas_price as u128) * (used as u128) <= MAX_U64, error::out_of_range(EOUT_OF_GAS)
        );
        let fee = txn_gas_price * used;
        let payer = signer::address_of(&gas_payer);
        // The virtual machine knows this code: who spent what was to pay the fee is charged all the same.
        assert!(
            aptos_account::is_fungible_balance_at_least(payer, fee),
            error::out_of_range(PROLOGUE_ECANT_PAY_GAS_DEPOSIT)
        );
        if (fee > storage_fee_refunded) {
            transaction_fee::burn_fee(payer, fee - storage_fee_refunded);
        } else if (fee < storage_fee_refunded) {
            transaction_fee::mint_and_refund(payer, storage_fee_refunded - fee);
        };
        if (!is_orderless_txn) account::increment_sequence_number(signer::address_of(&account));
    }
}
