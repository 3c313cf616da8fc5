// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element of a document that {@link HardenedXml} has read. Prints without its content. */
public final class XmlElement {
    private final String name;
    private final String namespace;
    private final Map<String, String> attributes = new HashMap<>(2);
    private final List<XmlElement> children = new ArrayList<>(4);
    private final StringBuilder text = new StringBuilder();

    XmlElement(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    /** Without a prefix. */
    public String name() {
        return name;
    }

    /** Empty if there is none. */
    public String namespace() {
        return namespace;
    }

    public @Nullable String attribute(String attribute) {
        return attributes.get(attribute);
    }

    public List<XmlElement> children() {
        return children;
    }

    /** The text directly in it, without white space around it. */
    public String text() {
        return text.toString().trim();
    }

    /** The text of the first child of that name; null if there is none, or nothing in it. */
    public @Nullable String childText(String child) {
        for (XmlElement element : children) {
            if (element.name.equals(child)) {
                String value = element.text();
                return value.isEmpty() ? null : value;
            }
        }
        return null;
    }

    void put(String attribute, String value) {
        attributes.put(attribute, value);
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void append(char[] characters, int start, int length) {
        text.append(characters, start, length);
    }

    @Override
    public String toString() {
        return "XmlElement[redacted]";
    }
}
