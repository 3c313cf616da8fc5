// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdateAnswer.Newer;
import com.techpro.callclient.ports.update.UpdateAnswer.Problem;
import com.techpro.callclient.ports.xml.HardenedXml;
import com.techpro.callclient.ports.xml.XmlElement;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a verified appcast. */
final class Appcast {
    private static final String SPARKLE = "http://www.andymatuschak.org/xml-namespaces/sparkle";

    /** Feeds keep years of releases; a megabyte of them has fewer elements. */
    private static final int MOST_ELEMENTS = 50_000;

    /** RSS has no namespace (RSS 2.0), but some feeds have one for the whole document. */
    private final String rss;

    private final List<XmlElement> items;

    private Appcast(XmlElement root) {
        this.rss = root.namespace();
        this.items = root.descendants(rss, "item");
    }

    static UpdateAnswer answer(byte[] feed, Version inUse, Subscriber subscriber) {
        try {
            XmlElement root = HardenedXml.parse(feed, AppcastUpdates.MOST_BYTES, MOST_ELEMENTS);
            return new Appcast(root).newest(inUse, subscriber);
        } catch (HardenedXml.XmlRefusedException e) {
            return new UpdateAnswer.Failed(Problem.MALFORMED);
        }
    }

    private UpdateAnswer newest(Version inUse, Subscriber subscriber) {
        Newer newest = null;
        Version newestVersion = inUse;
        for (XmlElement item : items) {
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
    private boolean isFor(Subscriber subscriber, XmlElement item) {
        return subscriber.hears(
                text(item.descendants(SPARKLE, "channel")),
                ofEnclosure(item, "os"),
                text(item.descendants(SPARKLE, "minimumSystemVersion")));
    }

    private @Nullable String ofEnclosure(XmlElement item, String name) {
        for (XmlElement enclosure : item.descendants(rss, "enclosure")) {
            String attribute = enclosure.attribute(SPARKLE, name);
            if (attribute != null && !attribute.isEmpty()) {
                return attribute;
            }
        }
        return null;
    }

    /**
     * The display version, else the build's; as an element or, in older feeds, an attribute of the
     * enclosure.
     */
    private @Nullable String version(XmlElement item) {
        for (String name : new String[] {"shortVersionString", "version"}) {
            String element = text(item.descendants(SPARKLE, name));
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

    private @Nullable URI page(XmlElement item) {
        String link = text(item.descendants(rss, "link"));
        List<XmlElement> enclosures = item.descendants(rss, "enclosure");
        if (link == null && !enclosures.isEmpty()) {
            link = enclosures.get(0).attribute("", "url");
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
    private @Nullable String notes(XmlElement item) {
        List<XmlElement> descriptions = item.descendants(rss, "description");
        boolean plain = !descriptions.isEmpty()
                && "plain-text".equals(descriptions.get(0).attribute(SPARKLE, "format"))
                && descriptions.get(0).children().isEmpty();
        return plain ? text(descriptions) : null;
    }

    private static @Nullable String text(List<XmlElement> elements) {
        if (elements.isEmpty()) {
            return null;
        }
        String text = elements.get(0).text();
        return text.isEmpty() ? null : text;
    }
}
