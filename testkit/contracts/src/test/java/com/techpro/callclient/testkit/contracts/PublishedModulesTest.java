// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The POMs of all modules are ready for a release: listed in the BOM, with the metadata that a
 * release repository requires.
 */
class PublishedModulesTest {
    @Test
    void the_bom_has_exactly_the_published_modules() {
        Element bom = pom(root().resolve("bom"));
        List<String> listed = children(child(child(bom, "dependencyManagement"), "dependencies"), "dependency")
                .map(dependency -> text(dependency, "artifactId"))
                .toList();

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(modules(root())
                        .map(PublishedModulesTest::pom)
                        .filter(module -> !text(module, "packaging").equals("pom"))
                        .filter(module ->
                                !text(module, "properties", "maven.deploy.skip").equals("true"))
                        .map(module -> text(module, "artifactId"))
                        .toList());
    }

    @Test
    void the_bom_is_of_the_same_version_and_address_as_its_modules() {
        Element bom = pom(root().resolve("bom"));
        Element parent = pom(root());

        assertThat(text(bom, "version")).isEqualTo(text(parent, "version"));
        assertThat(text(bom, "properties", "project.url.base"))
                .isEqualTo(text(parent, "properties", "project.url.base"));
        assertThat(text(bom, "properties", "project.build.outputTimestamp"))
                .isEqualTo(text(parent, "properties", "project.build.outputTimestamp"));
    }

    @Test
    void each_module_has_a_name_and_a_description() {
        assertThat(modules(root()).map(PublishedModulesTest::pom))
                .allSatisfy(module -> {
                    assertThat(text(module, "name")).isNotEmpty();
                    assertThat(text(module, "description")).isNotEmpty();
                })
                .hasSizeGreaterThan(9);
    }

    /** The folders of all modules below that one, with any packaging. */
    private static Stream<Path> modules(Path folder) {
        return children(child(pom(folder), "modules"), "module")
                .map(module -> folder.resolve(module.getTextContent().strip()))
                .flatMap(module -> Stream.concat(Stream.of(module), modules(module)));
    }

    private static Element pom(Path folder) {
        try (var in = Files.newInputStream(folder.resolve("pom.xml"))) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError(folder + ": " + e, e);
        }
    }

    /** Returns the text at that path, or nothing. */
    private static String text(Element parent, String... path) {
        List<Element> found = List.of(parent);
        for (String name : path) {
            found = found.stream()
                    .flatMap(element -> children(element, name))
                    .limit(1)
                    .toList();
        }
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    /** Returns the child of that name, or a new empty element. */
    private static Element child(Element parent, String name) {
        return children(parent, name)
                .findFirst()
                .orElseGet(() -> parent.getOwnerDocument().createElement(name));
    }

    private static Stream<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(element -> element.getTagName().equals(name));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".ci"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
