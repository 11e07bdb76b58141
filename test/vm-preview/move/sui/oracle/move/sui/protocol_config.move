module sui::protocol_config;

public native fun is_feature_enabled(feature: vector<u8>): bool;
