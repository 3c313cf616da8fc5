// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code report-junit.xml} as CI servers read it: the elements and attributes that Surefire writes, and counts that agree with them. */
class ReportJunitTest {
    private static final Map<String, List<String>> CHILDREN = Map.of(
            "testsuite", List.of("properties", "testcase"),
            "properties", List.of("property"),
            "property", List.of(),
            "testcase", List.of("failure", "error", "skipped", "system-out"),
            "failure", List.of(),
            "error", List.of(),
            "skipped", List.of(),
            "system-out", List.of());
    private static final Map<String, List<String>> ATTRIBUTES = Map.of(
            "testsuite", List.of("name", "tests", "failures", "errors", "skipped", "time", "timestamp"),
            "property", List.of("name", "value"),
            "testcase", List.of("classname", "name", "time"),
            "failure", List.of("type", "message"),
            "error", List.of("type", "message"),
            "skipped", List.of("message"));

    @TempDir
    Path directory;

    @Test
    void each_gate_is_a_test_case_and_a_red_one_fails_with_the_measured_value() throws Exception {
        Element suite = written(ReportTest.report(false, "title <&> \u0007"));

        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("gate");
        assertThat(failure.getAttribute("message")).isEqualTo("title <&> \uFFFD: some (must be: all)");
    }

    @Test
    void a_green_report_has_no_failure_and_a_gate_that_was_not_judged_is_skipped() throws Exception {
        assertThat(written(ReportTest.report(true, "gate"))
                        .getElementsByTagName("failure")
                        .getLength())
                .isZero();
        SoakReport report = ReportTest.withGates(
                ReportTest.report(true, "gate"), List.of(Gate.notReached("conference-room", "conference room")));
        Element suite = written(report);
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        Element skipped = (Element) suite.getElementsByTagName("skipped").item(0);
        assertThat(skipped.getAttribute("message")).contains("conference room", "ended before");
    }

    @Test
    void a_run_that_was_ended_early_has_an_error_though_no_gate_is_red() throws Exception {
        Element suite = written(ReportTest.interrupted(List.of(
                Gate.notReached("conference-room", "conference room"), Gate.of("gate", "gate", "1", "1", true))));
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        Element error = (Element) suite.getElementsByTagName("error").item(0);
        assertThat(((Element) error.getParentNode()).getAttribute("name")).isEqualTo("interrupted");
        assertThat(error.getAttribute("message")).contains("ended before everything could be judged");
    }

    @ParameterizedTest
    @CsvSource({"HOLDS, 0, 0", "RED, 1, 0", "NOT_JUDGED, 0, 1"})
    void a_run_that_was_not_judged_is_an_error_if_wanted(Gate.Verdict verdict, int failures, int errors)
            throws Exception {
        Gate gate = Gate.of("gate", "gate", "some", "all", verdict == Gate.Verdict.HOLDS);
        SoakReport report = ReportTest.withGates(
                ReportTest.report(verdict == Gate.Verdict.HOLDS, "gate"),
                List.of(verdict == Gate.Verdict.NOT_JUDGED ? gate.notJudged("too slow") : gate));
        Element suite = written(report, true);
        assertThat(suite.getAttribute("failures")).isEqualTo(Integer.toString(failures));
        assertThat(suite.getAttribute("errors")).isEqualTo(Integer.toString(errors));
        assertThat(suite.getElementsByTagName("error").getLength()).isEqualTo(errors);
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(1 + errors);
        assertThat(written(report).getAttribute("errors")).isEqualTo("0");
    }

    private Element written(SoakReport report) throws Exception {
        return written(report, false);
    }

    private Element written(SoakReport report, boolean openIsError) throws Exception {
        ReportFiles.write(report, null, directory, openIsError);
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("report-junit.xml").toFile());
        assertThat(Files.readString(directory.resolve("report-junit.xml"))).startsWith("<?xml version=\"1.0\"");
        Element suite = document.getDocumentElement();
        assertThat(suite.getTagName()).isEqualTo("testsuite");
        checkShape(suite);
        return suite;
    }

    private static void checkShape(Element element) {
        List<String> attributes = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            attributes.add(element.getAttributes().item(i).getNodeName());
        }
        assertThat(attributes)
                .containsExactlyInAnyOrderElementsOf(ATTRIBUTES.getOrDefault(element.getTagName(), List.of()));
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element child) {
                assertThat(CHILDREN.get(element.getTagName())).contains(child.getTagName());
                checkShape(child);
            }
        }
    }
}
