// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdateAnswer.Newer;
import com.techpro.callclient.ports.update.UpdateAnswer.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads a verified appcast: its publisher signed it, so only a document type is refused. */
final class Appcast {
    private static final String SPARKLE = "http://www.andymatuschak.org/xml-namespaces/sparkle";

    /** RSS has no namespace (RSS 2.0), but some feeds have one for the whole document. */
    private final @Nullable String rss;

    private final List<Element> items;

    private Appcast(Element root) {
        this.rss = root.getNamespaceURI();
        this.items = descendants(root, rss, "item");
    }

    static UpdateAnswer answer(byte[] feed, Version inUse, Subscriber subscriber) {
        try {
            return new Appcast(root(feed)).newest(inUse, subscriber);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            return new UpdateAnswer.Failed(Problem.MALFORMED);
        }
    }

    private static Element root(byte[] feed) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setCoalescing(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        // The default one prints to the standard error stream.
        builder.setErrorHandler(new DefaultHandler());
        return builder.parse(new ByteArrayInputStream(feed)).getDocumentElement();
    }

    private static List<Element> descendants(Element parent, @Nullable String space, String name) {
        NodeList found = parent.getElementsByTagNameNS(space, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private UpdateAnswer newest(Version inUse, Subscriber subscriber) {
        Newer newest = null;
        Version newestVersion = inUse;
        for (Element item : items) {
            String text = version(item);
            Version version = text == null ? null : Version.parse(text);
            URI page = page(item);
            if (text != null
                    && version != null
                    && page != null
                    && version.compareTo(newestVersion) > 0
                    && isFor(subscriber, item)) {
                newest = new Newer(text, page, notes(item));
                newestVersion = version;
            }
        }
        return newest == null ? new UpdateAnswer.UpToDate() : newest;
    }

    /**
     * Checks channel, system and minimum system version, as in Sparkle; the system is an attribute
     * of the enclosure.
     */
    private boolean isFor(Subscriber subscriber, Element item) {
        return subscriber.hears(
                text(descendants(item, SPARKLE, "channel")),
                ofEnclosure(item, "os"),
                text(descendants(item, SPARKLE, "minimumSystemVersion")));
    }

    private @Nullable String ofEnclosure(Element item, String name) {
        for (Element enclosure : descendants(item, rss, "enclosure")) {
            String attribute = enclosure.getAttributeNS(SPARKLE, name);
            if (!attribute.isEmpty()) {
                return attribute;
            }
        }
        return null;
    }

    /**
     * The display version, else the build's; as an element or, in older feeds, an attribute of the
     * enclosure.
     */
    private @Nullable String version(Element item) {
        for (String name : new String[] {"shortVersionString", "version"}) {
            String element = text(descendants(item, SPARKLE, name));
            if (element != null) {
                return element;
            }
            String attribute = ofEnclosure(item, name);
            if (attribute != null) {
                return attribute;
            }
        }
        return null;
    }

    private @Nullable URI page(Element item) {
        String link = text(descendants(item, rss, "link"));
        List<Element> enclosures = descendants(item, rss, "enclosure");
        if (link == null && !enclosures.isEmpty()) {
            link = enclosures.get(0).getAttributeNS(null, "url");
        }
        try {
            URI page = link == null ? null : new URI(link);
            return page != null && "https".equalsIgnoreCase(page.getScheme()) && page.getHost() != null ? page : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /**
     * Only notes declared as plain text that are plain text, because a host shows them unchanged.
     */
    private @Nullable String notes(Element item) {
        List<Element> descriptions = descendants(item, rss, "description");
        boolean plain = !descriptions.isEmpty()
                && "plain-text".equals(descriptions.get(0).getAttributeNS(SPARKLE, "format"))
                && descendants(descriptions.get(0), "*", "*").isEmpty();
        return plain ? text(descriptions) : null;
    }

    private static @Nullable String text(List<Element> elements) {
        if (elements.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (Node node = elements.get(0).getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Text part) {
                text.append(part.getData());
            }
        }
        String trimmed = text.toString().trim();
        return trimmed.isEmpty() ? null : trimmed;
    }
}
