package io.glip4j.data.scene;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Says what is wrong with an SVG document from outside: only shapes, gradients and clips are let in, nothing that loads,
 * runs or moves, no entities, and no copies of copies that multiply without end.
 */
final class SvgGuard {
    private static final int MOST_CHARACTERS = 60_000;
    private static final int MOST_DEPTH = 32;
    private static final int MOST_COPIES = 200;
    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "path",
            "circle",
            "ellipse",
            "rect",
            "line",
            "polyline",
            "polygon",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "use");
    /** A fine dash along a long line makes pieces without number. */
    private static final Set<String> REFUSED_ATTRIBUTES = Set.of("stroke-dasharray", "style", "class");

    private static final XMLInputFactory XML = factory();

    private final Map<String, List<String>> copiesInside =
            new HashMap<>(); // by id: what is copied into it; "": anywhere
    private final Deque<String> open = new ArrayDeque<>();

    private SvgGuard() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** What a document has that it may not have; empty if it can be drawn. */
    static Optional<String> fault(String svg) {
        if (svg.length() > MOST_CHARACTERS) {
            return Optional.of(svg.length() + " characters, at most " + MOST_CHARACTERS + " are read");
        }
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(svg));
            try {
                return new SvgGuard().read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            return Optional.of("no well-formed XML: " + firstLine(e));
        }
    }

    private Optional<String> read(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            Optional<String> fault = switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start(reader);
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.PROCESSING_INSTRUCTION -> Optional.of("a document type or entity");
                default -> Optional.empty();
            };
            if (event == XMLStreamConstants.END_ELEMENT) {
                open.pop();
            }
            if (fault.isPresent()) {
                return fault;
            }
        }
        int copies = copies("", 0);
        return copies <= MOST_COPIES ? Optional.empty() : Optional.of("more than " + MOST_COPIES + " copies");
    }

    /** How many elements {@code use} makes of what an element holds; stops counting above the limit. */
    private int copies(String id, int depth) {
        int copies = 0;
        for (String target : copiesInside.getOrDefault(id, List.of())) {
            if (copies > MOST_COPIES || depth > MOST_DEPTH) {
                return MOST_COPIES + 1; // also where a copy holds itself
            }
            copies += 1 + copies(target, depth + 1);
        }
        return copies;
    }

    private Optional<String> start(XMLStreamReader reader) {
        String name = reader.getLocalName();
        String id = "";
        String target = "";
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String attribute = reader.getAttributeLocalName(i);
            String value = reader.getAttributeValue(i);
            boolean link = attribute.equals("href") || value.contains("url(");
            if (REFUSED_ATTRIBUTES.contains(attribute) || (link && !ownLink(value))) {
                return Optional.of("the attribute " + attribute + "=\"" + shortened(value) + "\"");
            }
            if (attribute.equals("id")) {
                id = value;
            }
            if (attribute.equals("href") && name.equals("use")) {
                target = value.substring(1);
            }
        }
        open.push(id);
        if (!target.isEmpty()) {
            for (String holder : new HashSet<>(open)) {
                copiesInside.computeIfAbsent(holder, key -> new ArrayList<>()).add(target);
            }
        }
        if (!ELEMENTS.contains(name)) {
            return Optional.of("an element <" + shortened(name) + ">");
        }
        return open.size() > MOST_DEPTH ? Optional.of("more than " + MOST_DEPTH + " levels") : Optional.empty();
    }

    private static boolean ownLink(String value) {
        return value.matches("#[\\w-]+|url\\(#[\\w-]+\\)");
    }

    private static String firstLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
