import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Frame } from './frame/frame';
import { applyTheme } from './frame/theme';
import { queries } from './wallet/queries';
import { WalletProvider } from './wallet/wallet';
import './styles/index.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the site');
applyTheme();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <WalletProvider>
        <Frame />
      </WalletProvider>
    </QueryClientProvider>
  </StrictMode>,
);
