// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element of a document that {@link HardenedXml} parsed. Prints without its content. */
public final class XmlElement {
    private final String name;
    private final String namespace;
    private final List<Attribute> attributes = new ArrayList<>(2);
    private final List<XmlElement> children = new ArrayList<>(4);
    private final StringBuilder text = new StringBuilder();

    private record Attribute(String namespace, String name, String value) {}

    XmlElement(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    /** Returns the local name. */
    public String name() {
        return name;
    }

    /** Returns the namespace URI, or an empty string if there is none. */
    public String namespace() {
        return namespace;
    }

    /**
     * Returns the value of the attribute without a prefix; if there is none, of the first one with
     * that name in any namespace. Null if there is neither.
     */
    public @Nullable String attribute(String attribute) {
        String found = attribute("", attribute);
        for (Attribute other : attributes) {
            if (found == null && other.name.equals(attribute)) {
                found = other.value;
            }
        }
        return found;
    }

    /**
     * @param space empty for an attribute without a prefix, which is in no namespace, whatever its
     *     element is in (Namespaces in XML §6.2)
     */
    public @Nullable String attribute(String space, String attribute) {
        for (Attribute other : attributes) {
            if (other.name.equals(attribute) && other.namespace.equals(space)) {
                return other.value;
            }
        }
        return null;
    }

    public List<XmlElement> children() {
        return Collections.unmodifiableList(children);
    }

    /** Returns all descendants of that name, at any depth, in the order of the document. */
    public List<XmlElement> descendants(String space, String descendant) {
        List<XmlElement> found = new ArrayList<>();
        collect(space, descendant, found);
        return found;
    }

    private void collect(String space, String descendant, List<XmlElement> found) {
        for (XmlElement child : children) {
            if (child.name.equals(descendant) && child.namespace.equals(space)) {
                found.add(child);
            }
            child.collect(space, descendant, found);
        }
    }

    /** Returns the text directly in this element, without surrounding white space. */
    public String text() {
        return text.toString().trim();
    }

    /**
     * Returns the text of the first child of that name; null if there is no such child, or it has
     * no text.
     */
    public @Nullable String childText(String child) {
        for (XmlElement element : children) {
            if (element.name.equals(child)) {
                String value = element.text();
                return value.isEmpty() ? null : value;
            }
        }
        return null;
    }

    void put(String space, String attribute, String value) {
        attributes.add(new Attribute(space, attribute, value));
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
