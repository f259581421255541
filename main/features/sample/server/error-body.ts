const errors = {
  400: { name: 'BAD_REQUEST', id: '1000', message: 'Invalid URL parameters' },
  401: { name: 'UNAUTHORIZED', id: '1010', message: 'Incorrect API Key' },
  403: { name: 'FORBIDDEN', id: '1013', message: 'The user does not have permission to access the resource' },
  404: { name: 'NOT_FOUND', id: '1040', message: "The resource that you're trying to access doesn't exist" },
  500: { name: 'INTERNAL_SERVER_ERROR', id: '1026', message: 'We are not able to process your request' },
} as const;

export type ErrorStatus = keyof typeof errors;

/** The API's error bodies as they are documented, which is not valid JSON. */
export function errorBody(status: ErrorStatus): string {
  const { name, id, message } = errors[status];
  return `{
"response": {
"error": {
"docs": www.questionpro.com/api/error-codes.html
"name": "${name}",
"httpStatusCode": ${status},
"id" : "${id}",
"message": "${message}",
"resourceUrl":"resource_url"
}
}
}
`;
}
