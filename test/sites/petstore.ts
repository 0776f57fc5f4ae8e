// tests only (Node).
// A small OpenAPI description, in the manner of the specification's own example, for the two viewers of such descriptions.

/** The description of an API that answers under `server`. */
export function petstore(server: string): unknown {
	const pet = { $ref: '#/components/schemas/Pet' };
	const json = (schema: unknown) => ({ 'application/json': { schema } });
	return {
		openapi: '3.0.3',
		info: { title: 'Petstore', version: '1.0.0', description: 'Animals, **described**.\n\n# Errors\nEvery error has a message.' },
		servers: [{ url: server }],
		paths: {
			'/pets': {
				get: {
					tags: ['pets'],
					summary: 'List all pets',
					operationId: 'listPets',
					parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
					responses: { 200: { description: 'A list of pets', content: json({ type: 'array', items: pet }) } },
				},
				post: {
					tags: ['pets'],
					summary: 'Create a pet',
					operationId: 'createPet',
					requestBody: { required: true, content: json(pet) },
					responses: { 201: { description: 'Created' } },
				},
			},
			'/pets/{petId}': {
				get: {
					tags: ['pets'],
					summary: 'A single pet',
					operationId: 'showPetById',
					parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
					responses: { 200: { description: 'The pet', content: json(pet) }, 404: { description: 'No such pet' } },
				},
			},
		},
		components: {
			schemas: {
				Pet: {
					type: 'object',
					required: ['id', 'name'],
					properties: { id: { type: 'integer', format: 'int64' }, name: { type: 'string' }, tag: { type: 'string' } },
				},
			},
		},
	};
}
