package io.glip4j.model;

/** The CenterNet on MobileNetV3, whose architecture is fixed by its published weights. */
public record CenterNetConfig() implements ImageEncoderConfig {}
