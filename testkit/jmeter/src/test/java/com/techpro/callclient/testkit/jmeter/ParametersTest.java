// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.jmeter.config.Arguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * JMeter's window, the README's table and the example plan have the same parameters of a sampler.
 */
class ParametersTest {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    @Test
    void the_readme_lists_each_parameter_with_its_default() throws IOException {
        Map<String, String> table = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            inside = line.startsWith("| parameter |") || inside && line.startsWith("|");
            if (inside && line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                List<String> names = codes(cells[1]);
                List<String> presets = codes(cells[2]);
                for (int i = 0; i < names.size(); i++) {
                    table.put(names.get(i), presets.isEmpty() ? "" : presets.get(i));
                }
            }
        }

        Map<String, String> all = new TreeMap<>();
        Arrays.stream(Parameter.values()).forEach(parameter -> all.put(parameter.key(), parameter.preset()));
        assertThat(table).isEqualTo(all);
    }

    static Stream<PhoneSampler> samplers() {
        return Stream.of(
                new RegisterSampler(),
                new LogInSampler(),
                new CallSampler(),
                new SipCallSampler(),
                new HoldSampler(),
                new TransferSampler(),
                new VoicemailSampler(),
                new ConferenceSampler());
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void the_window_shows_the_parameters_of_the_plan(PhoneSampler sampler) throws Exception {
        Arguments defaults = sampler.getDefaultParameters();

        List<List<String>> planned = planned(sampler.getClass().getName());

        assertThat(planned)
                .isNotEmpty()
                .allSatisfy(names -> assertThat(names)
                        .containsExactlyElementsOf(defaults.getArgumentsAsMap().keySet()));
    }

    /** The parameter names of each request of the plans that has that class. */
    private static List<List<String>> planned(String sampler) throws Exception {
        List<List<String>> found = new ArrayList<>();
        for (String plan : List.of("examples/calls.jmx", "examples/open-loop.jmx")) {
            NodeList requests = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of(plan).toFile())
                    .getElementsByTagName("JavaSampler");
            for (int i = 0; i < requests.getLength(); i++) {
                NodeList texts = ((Element) requests.item(i)).getElementsByTagName("stringProp");
                List<String> names = new ArrayList<>();
                boolean same = false;
                for (int j = 0; j < texts.getLength(); j++) {
                    Element text = (Element) texts.item(j);
                    if (text.getAttribute("name").equals("Argument.name")) {
                        names.add(text.getTextContent());
                    }
                    same |= text.getAttribute("name").equals("classname")
                            && text.getTextContent().equals(sampler);
                }
                if (same) {
                    found.add(names);
                }
            }
        }
        return found;
    }

    private static List<String> codes(String cell) {
        Matcher matcher = CODE.matcher(cell);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
