// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdateAnswer.Newer;
import com.techpro.callclient.ports.update.UpdateAnswer.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads what a verified appcast says. */
final class Appcast {
    private static final String SPARKLE = "http://www.andymatuschak.org/xml-namespaces/sparkle";

    private Appcast() {}

    static UpdateAnswer answer(byte[] feed, Version inUse, Subscriber subscriber) {
        try {
            NodeList items = parse(feed).getElementsByTagName("item");
            Newer newest = null;
            Version newestVersion = inUse;
            for (int i = 0; i < items.getLength(); i++) {
                Element item = (Element) items.item(i);
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
        } catch (IOException | SAXException | ParserConfigurationException e) {
            return new UpdateAnswer.Failed(Problem.MALFORMED);
        }
    }

    /** UTF-8 and no document type, whatever the parser of this platform would permit: so there are no entities to expand or fetch. */
    private static Document parse(byte[] feed) throws IOException, SAXException, ParserConfigurationException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(feed))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SAXException("not UTF-8", e);
        }
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
            throw new SAXException("a feed has no document type");
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setNamespaceAware(true);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        builder.setEntityResolver((publicId, systemId) -> {
            throw new SAXException("a feed refers to nothing outside");
        });
        return builder.parse(new InputSource(new StringReader(text)));
    }

    /** Its channel, its system and the oldest version of that, as Sparkle has them; the system is said of the enclosure. */
    private static boolean isFor(Subscriber subscriber, Element item) {
        return subscriber.hears(
                text(item.getElementsByTagNameNS(SPARKLE, "channel")),
                ofEnclosure(item, "os"),
                text(item.getElementsByTagNameNS(SPARKLE, "minimumSystemVersion")));
    }

    private static @Nullable String ofEnclosure(Element item, String name) {
        NodeList enclosures = item.getElementsByTagName("enclosure");
        for (int i = 0; i < enclosures.getLength(); i++) {
            String attribute = ((Element) enclosures.item(i)).getAttributeNS(SPARKLE, name);
            if (!attribute.isEmpty()) {
                return attribute;
            }
        }
        return null;
    }

    /** The one that people read, else the build's; as an element or, in older feeds, an attribute of the enclosure. */
    private static @Nullable String version(Element item) {
        for (String name : new String[] {"shortVersionString", "version"}) {
            String element = text(item.getElementsByTagNameNS(SPARKLE, name));
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

    private static @Nullable URI page(Element item) {
        String link = text(item.getElementsByTagName("link"));
        NodeList enclosures = item.getElementsByTagName("enclosure");
        if (link == null && enclosures.getLength() > 0) {
            link = ((Element) enclosures.item(0)).getAttribute("url");
        }
        try {
            URI page = link == null ? null : new URI(link);
            return page != null && "https".equalsIgnoreCase(page.getScheme()) && page.getHost() != null ? page : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Only what says that it is plain text: a host shows it as it is. */
    private static @Nullable String notes(Element item) {
        NodeList descriptions = item.getElementsByTagName("description");
        boolean plain = descriptions.getLength() > 0
                && ((Element) descriptions.item(0))
                        .getAttributeNS(SPARKLE, "format")
                        .equals("plain-text");
        return plain ? text(descriptions) : null;
    }

    private static @Nullable String text(NodeList nodes) {
        if (nodes.getLength() == 0) {
            return null;
        }
        String text = nodes.item(0).getTextContent().trim();
        return text.isEmpty() ? null : text;
    }
}
