import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Frame } from './frame/frame';
import { applyTheme } from './frame/theme';
import './styles/index.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the site');
applyTheme();
createRoot(root).render(
  <StrictMode>
    <Frame />
  </StrictMode>,
);
