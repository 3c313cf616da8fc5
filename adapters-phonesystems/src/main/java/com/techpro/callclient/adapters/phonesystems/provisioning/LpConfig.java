// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.stack.xml.HardenedXml;
import com.techpro.callclient.stack.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Linphone configuration in XML: sections of names and values. It ignores {@code overwrite} and
 * similar attributes, which say how to merge with an older configuration.
 */
final class LpConfig {
    static final String NAMESPACE = "http://www.linphone.org/xsds/lpconfig.xsd";

    private static final int MOST_NUMBERED = 64;

    private final Map<String, Map<String, String>> sections = new HashMap<>();

    private LpConfig() {}

    /**
     * Parses a document.
     *
     * @throws LoginRefusedException with {@link Reason#NOT_A_PHONE_SYSTEM} for any other document
     */
    static LpConfig parse(byte[] document) throws LoginRefusedException {
        XmlElement root;
        try {
            root = HardenedXml.parse(document, HttpsClient.LARGEST);
        } catch (HardenedXml.XmlRefusedException e) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM, null, e);
        }
        // Some servers omit the namespace.
        if (!root.name().equals("config")
                || !(root.namespace().isEmpty() || root.namespace().equals(NAMESPACE))) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        LpConfig config = new LpConfig();
        for (XmlElement section : root.children()) {
            String name = section.attribute("name");
            if (section.name().equals("section") && name != null) {
                Map<String, String> entries = config.sections.computeIfAbsent(name, added -> new HashMap<>());
                for (XmlElement entry : section.children()) {
                    String key = entry.attribute("name");
                    if (entry.name().equals("entry") && key != null) {
                        entries.put(key, entry.text());
                    }
                }
            }
        }
        return config;
    }

    /** Returns null if there is no section of that name. */
    @Nullable
    Map<String, String> section(String name) {
        return sections.get(name);
    }

    /** Returns null if there is no such entry, or if it is empty. */
    @Nullable
    String value(String section, String key) {
        Map<String, String> entries = sections.get(section);
        String value = entries == null ? null : entries.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Returns the existing sections {@code prefix_0}, {@code prefix_1} … by number. */
    Map<Integer, Map<String, String>> numbered(String prefix) {
        Map<Integer, Map<String, String>> found = new TreeMap<>();
        for (int i = 0; i < MOST_NUMBERED; i++) {
            Map<String, String> section = sections.get(prefix + "_" + i);
            if (section != null) {
                found.put(i, section);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "LpConfig[sections=" + sections.size() + "]";
    }
}
