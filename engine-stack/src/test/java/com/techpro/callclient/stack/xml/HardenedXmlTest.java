// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.stack.xml.HardenedXml.XmlRefusedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardenedXmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
                "<!doctype a><a/>",
                "<!-- a --><!DOCTYPE a><a/>",
                "<a><![CDATA[<!DOCTYPE b>]]></a>",
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>",
                "<a>&b;</a>",
                "<a>",
                "<a></b>",
                "no markup",
                ""
            })
    void a_DOCTYPE_a_foreign_encoding_and_malformed_XML_are_refused(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(XmlRefusedException.class);
    }

    @Test
    void bytes_that_are_not_UTF_8_are_refused() {
        assertThatThrownBy(() -> HardenedXml.parse(new byte[] {'<', 'a', '>', (byte) 0xC3, '<', '/', 'a', '>'}, 100))
                .isInstanceOf(XmlRefusedException.class);
    }

    @Test
    void size_depth_and_number_of_elements_are_bounded() throws XmlRefusedException {
        byte[] four = "<a/>".getBytes(StandardCharsets.UTF_8);
        assertThat(HardenedXml.parse(four, 4).name()).isEqualTo("a");
        assertThatThrownBy(() -> HardenedXml.parse(four, 3)).isInstanceOf(XmlRefusedException.class);

        assertThat(read("<a>".repeat(16) + "</a>".repeat(16)).name()).isEqualTo("a");
        assertThatThrownBy(() -> read("<a>".repeat(17) + "</a>".repeat(17))).isInstanceOf(XmlRefusedException.class);

        String all = "<a>" + "<b/>".repeat(9_999) + "</a>";
        assertThat(read(all).children()).hasSize(9_999);
        String more = "<a>" + "<b/>".repeat(10_000) + "</a>";
        assertThatThrownBy(() -> read(more)).isInstanceOf(XmlRefusedException.class);
        assertThat(HardenedXml.parse(more.getBytes(StandardCharsets.UTF_8), 1 << 20, 10_001)
                        .children())
                .hasSize(10_000);
    }

    @Test
    void elements_and_attributes_are_told_apart_by_namespace() throws XmlRefusedException {
        XmlElement root = read("<a xmlns=\"urn:a\" xmlns:x=\"urn:x\" x:k=\"1\" k=\"2\" x:only=\"3\">"
                + "<x:b>first</x:b><c><b> <![CDATA[<second>]]> &amp; </b></c></a>");

        assertThat(root.attribute("k")).isEqualTo("2");
        assertThat(root.attribute("urn:x", "k")).isEqualTo("1");
        assertThat(root.attribute("only")).isEqualTo("3");
        assertThat(root.attribute("", "only")).isNull();
        assertThat(root.attribute("none")).isNull();
        assertThat(root.descendants("urn:a", "b")).extracting(XmlElement::text).containsExactly("<second> &");
        assertThat(root.descendants("urn:x", "b")).extracting(XmlElement::text).containsExactly("first");
        assertThat(root).hasToString("XmlElement[redacted]");
    }

    private static XmlElement read(String document) throws XmlRefusedException {
        return HardenedXml.parse(document.getBytes(StandardCharsets.UTF_8), 1 << 20);
    }
}
