/** A refused request to the sandbox itself: a sentence for people and an HTTP status (404, 409 or 422). */
export class Refusal extends Error {
  readonly status: 404 | 409 | 422;

  constructor(status: 404 | 409 | 422, sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.status = status;
  }
}
