package io.glip4j.data.scene;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A drawing of a style's set; rendered at a few sizes, and anew where memory was short. Safe from many threads. */
final class Icon {
    /** Pixels of the canvas that icons are rendered on; a scene scales down from the next larger one. */
    private static final int[] SIDES = {56, 112, 224};

    private static final int LEAST_OPAQUE_PART = 20;

    private final String name;
    private final String style;
    private final String svg;
    private final AtomicReferenceArray<@Nullable SoftReference<Optional<Sprite>>> rendered =
            new AtomicReferenceArray<>(SIDES.length);

    /** @param svg a whole document that {@link SvgGuard} let in */
    Icon(String name, String style, String svg) {
        this.name = name;
        this.style = style;
        this.svg = svg;
    }

    String style() {
        return style;
    }

    /**
     * The drawing without its empty borders, for an object with {@code longerSide} pixels.
     *
     * @return empty if it cannot be drawn or shows next to nothing
     */
    Optional<Sprite> sprite(double longerSide) {
        int size = 0;
        while (size < SIDES.length - 1 && SIDES[size] < longerSide) {
            size++;
        }
        SoftReference<Optional<Sprite>> kept = rendered.get(size);
        Optional<Sprite> sprite = kept == null ? null : kept.get();
        if (sprite == null) {
            sprite = render(SIDES[size]);
            rendered.set(size, new SoftReference<>(sprite));
        }
        return sprite;
    }

    private Optional<Sprite> render(int side) {
        LoaderContext closed = LoaderContext.builder()
                .externalResourcePolicy(ResourcePolicy.DENY_ALL)
                .build();
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D graphics = image.createGraphics();
        try {
            SVGDocument document =
                    new SVGLoader().load(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)), null, closed);
            if (document == null) {
                return Optional.empty();
            }
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.render((Component) null, graphics, new ViewBox(0, 0, side, side));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty(); // the renderer's own errors on drawings it does not understand
        } finally {
            graphics.dispose();
        }
        return Sprite.cropped(image).filter(sprite -> sprite.opaque() * LEAST_OPAQUE_PART >= side * side);
    }

    @Override
    public String toString() {
        return style + ":" + name;
    }
}
