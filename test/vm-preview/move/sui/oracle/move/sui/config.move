module sui::config;

/// A setting as it is now, and as it was before this epoch.
#[allow(unused_field)]
public struct Setting<Value: copy + drop + store> has drop, store {
    data: Option<SettingData<Value>>,
}

#[allow(unused_field)]
public struct SettingData<Value: copy + drop + store> has drop, store {
    newer_value_epoch: u64,
    newer_value: Option<Value>,
    older_value_opt: Option<Value>,
}

public fun setting<Value: copy + drop + store>(
    newer_value_epoch: u64,
    newer_value: Option<Value>,
    older_value_opt: Option<Value>,
): Setting<Value> {
    Setting {
        data: option::some(SettingData { newer_value_epoch, newer_value, older_value_opt }),
    }
}

public native fun read_setting_impl<
    FieldSettingValue: key,
    SettingValue: store,
    SettingDataValue: store,
    Value: copy + drop + store,
>(
    config: address,
    name: address,
    current_epoch: u64,
): Option<Value>;
