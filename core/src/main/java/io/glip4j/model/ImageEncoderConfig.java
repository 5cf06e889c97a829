package io.glip4j.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Which image encoder the network has. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SwinConfig.class, name = "swin"),
    @JsonSubTypes.Type(value = CenterNetConfig.class, name = "centernet")
})
public sealed interface ImageEncoderConfig permits SwinConfig, CenterNetConfig {}
