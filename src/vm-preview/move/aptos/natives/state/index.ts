export { type AggregatorChange, AggregatorStore } from './aggregator-values';
export { EventRecorder } from './event-log';
export { PublishRequestBox } from './publish-requests';
export { TableHandles } from './table-handles';
export { timedFeatures } from './timed-features';
