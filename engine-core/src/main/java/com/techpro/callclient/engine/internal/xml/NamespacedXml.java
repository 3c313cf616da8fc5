// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.xml;

import com.techpro.callclient.stack.xml.HardenedXml;
import com.techpro.callclient.stack.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents of one namespace, bounded.
 *
 * @param largest bytes of a document
 * @param mostElements of a document
 */
public record NamespacedXml(String namespace, int largest, int mostElements) {
    private static final int LONGEST = 512;

    public NamespacedXml(String namespace) {
        this(namespace, 64 * 1024, 10_000);
    }

    /** @return null if it is no such document, or one out of bounds */
    @Nullable
    public XmlElement root(byte[] document, String name) {
        try {
            XmlElement root = HardenedXml.parse(document, largest, mostElements);
            return root.name().equals(name) && root.namespace().equals(namespace) ? root : null;
        } catch (HardenedXml.XmlRefusedException e) {
            return null;
        }
    }

    public List<XmlElement> children(XmlElement parent, String name) {
        List<XmlElement> found = new ArrayList<>();
        for (XmlElement child : parent.children()) {
            if (child.name().equals(name) && child.namespace().equals(namespace)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The first of that name, or null. */
    @Nullable
    public XmlElement child(XmlElement parent, String name) {
        List<XmlElement> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Null if there is none, or one that is longer than any that is needed. */
    public static @Nullable String attribute(@Nullable XmlElement element, String name) {
        return element == null ? null : bounded(element.attribute(name));
    }

    /** As {@link #attribute}. */
    public static @Nullable String text(@Nullable XmlElement element) {
        return element == null ? null : bounded(element.text());
    }

    private static @Nullable String bounded(@Nullable String text) {
        return text == null || text.isEmpty() || text.length() > LONGEST ? null : text;
    }
}
