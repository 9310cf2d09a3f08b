/**
 * One condition of the `filter` parameter of `GET /api/public/v2/observations`; conditions are joined by AND. Columns, operators
 * and types are Langfuse's (https://langfuse.com/docs/api-and-data-platform/features/observations-api).
 */
export type FilterCondition =
  | { type: 'datetime'; column: string; operator: '>' | '<' | '>=' | '<='; value: string | Date }
  | { type: 'string'; column: string; operator: TextOperator; value: string }
  | { type: 'number'; column: string; operator: NumberOperator; value: number }
  | { type: 'stringOptions'; column: string; operator: 'any of' | 'none of'; value: readonly string[] }
  | { type: 'arrayOptions'; column: string; operator: 'any of' | 'none of' | 'all of'; value: readonly string[] }
  | { type: 'categoryOptions'; column: string; key: string; operator: 'any of' | 'none of'; value: readonly string[] }
  | { type: 'stringObject'; column: string; key: string; operator: TextOperator; value: string }
  | { type: 'numberObject'; column: string; key: string; operator: NumberOperator; value: number }
  | { type: 'booleanObject'; column: string; key: string; operator: '=' | '<>'; value: boolean }
  | { type: 'boolean'; column: string; operator: '=' | '<>'; value: boolean }
  | { type: 'null'; column: string; operator: 'is null' | 'is not null'; value: '' }

type TextOperator = '=' | 'contains' | 'does not contain' | 'starts with' | 'ends with' | 'matches'
type NumberOperator = '=' | '>' | '<' | '>=' | '<='
