/** JMH benchmarks: measured, never tested against the clock. */
package io.glip4j.bench;
