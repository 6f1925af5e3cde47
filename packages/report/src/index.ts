export type {
  DiffRow,
  HistoryEntry,
  ReportData,
  ReportFile,
  ReportFinding,
  ReportFix,
  ReportPlace,
  ReportStep,
} from './data';
