/** One idea a program; run one with its picture or file as argument. */
package io.glip4j.examples;
