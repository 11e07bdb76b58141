import { QRCodeSVG } from 'qrcode.react';

/** Pixels; its place is kept while the code for it is loaded. */
export const QR_SIZE = 148;

/** Dark on light whatever the page's colours: some readers take no other. */
export default function Qr({ value, label }: { value: string; label: string }) {
  return (
    <QRCodeSVG
      value={value}
      size={QR_SIZE}
      level="M"
      marginSize={2}
      bgColor="#ffffff"
      fgColor="#12213a"
      role="img"
      aria-label={label}
    />
  );
}
