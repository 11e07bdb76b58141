export { type AggregatorChange, AggregatorStore } from './aggregator-values';
export { EventRecorder } from './event-log';
export { PublishRequestBox } from './publish-requests';
export { timedFeatures } from './timed-features';
