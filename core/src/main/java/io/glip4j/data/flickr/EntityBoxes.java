package io.glip4j.data.flickr;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The annotation of a picture: its entities' boxes.
 *
 * @param boxes by entity id, in the file's order
 * @param withoutBox entities that are not to be seen
 * @param scene entities that are the whole scene
 */
public record EntityBoxes(
        int width,
        int height,
        int depth,
        Map<String, List<BoxXyxy>> boxes,
        List<String> withoutBox,
        List<String> scene) {

    /**
     * Reads an annotation file; document types and outside entities are refused.
     *
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static EntityBoxes read(Path file) {
        Element root;
        try (InputStream stream = Files.newInputStream(file)) {
            root = parser().parse(stream).getDocumentElement();
        } catch (SAXException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, file + ": wanted an XML annotation, got " + e.getMessage(), e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted a readable file, got " + e, e);
        }
        try {
            return read(root);
        } catch (GlipException e) {
            throw new GlipException(e.code(), file + ": " + e.getMessage(), e);
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(null);
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no XML parser", e);
        }
    }

    private static EntityBoxes read(Element root) {
        Element size = only(root, "size");
        Map<String, List<BoxXyxy>> boxes = new LinkedHashMap<>();
        List<String> withoutBox = new ArrayList<>();
        List<String> scene = new ArrayList<>();
        for (Element object : children(root, "object")) {
            List<Element> box = children(object, "bndbox");
            for (Element name : children(object, "name")) {
                String id = name.getTextContent();
                if (!box.isEmpty()) {
                    boxes.computeIfAbsent(id, key -> new ArrayList<>()).add(box(box.get(0)));
                    continue;
                }
                if (number(object, "nobndbox") > 0) {
                    withoutBox.add(id);
                }
                if (number(object, "scene") > 0) {
                    scene.add(id);
                }
            }
        }
        return new EntityBoxes(
                number(size, "width"), number(size, "height"), number(size, "depth"), boxes, withoutBox, scene);
    }

    private static BoxXyxy box(Element box) {
        return new BoxXyxy(number(box, "xmin"), number(box, "ymin"), number(box, "xmax"), number(box, "ymax"));
    }

    private static int number(Element parent, String name) {
        String text = only(parent, name).getTextContent().strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw bad("wanted a whole number as " + name + ", got " + text);
        }
    }

    private static Element only(Element parent, String name) {
        List<Element> found = children(parent, name);
        if (found.isEmpty()) {
            throw bad("wanted an element " + name + " in " + parent.getTagName() + ", got none");
        }
        return found.get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
