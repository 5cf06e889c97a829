package io.glip4j.output;

/**
 * One answer to a question.
 *
 * @param probability that people would accept it, 0..1; each answer's own: several may be right
 */
public record Answer(String text, double probability) {}
