/** One of a few, side by side; a group of toggles for those who do not see it. */
export function Segments<Value extends string>({
  label,
  options,
  value,
  onChoose,
  disabled = false,
}: {
  label: string;
  options: readonly { readonly value: Value; readonly text: string }[];
  value: Value;
  onChoose: (value: Value) => void;
  disabled?: boolean;
}) {
  return (
    <fieldset className="choice" disabled={disabled}>
      <legend className="unseen">{label}</legend>
      {options.map((option) => (
        <button
          type="button"
          key={option.value}
          className={option.value === value ? 'choice-item picked' : 'choice-item'}
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  );
}
