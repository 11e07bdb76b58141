module aptos_framework::create_signer {
    friend aptos_framework::account;
    friend aptos_framework::genesis;
    friend aptos_framework::object;
    friend aptos_framework::aptos_account;

    public(friend) native fun create_signer(addr: address): signer;
}
