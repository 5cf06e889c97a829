package io.glip4j.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Which text encoder the network has; the fusion encoder's text layers are of the same kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BertConfig.class, name = "bert"),
    @JsonSubTypes.Type(value = ClipTextConfig.class, name = "clip")
})
public sealed interface TextEncoderConfig permits BertConfig, ClipTextConfig {
    /** Channels of a token. */
    int width();

    int layers();

    int heads();

    /** Rows of the token table. */
    int vocabulary();

    /** Most tokens of one pass, start and end token included. */
    int maxTokens();
}
