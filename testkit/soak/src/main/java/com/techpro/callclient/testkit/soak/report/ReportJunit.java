// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.gate.Gate;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The gates as JUnit XML for CI servers: one test case each, failed if the gate is red and skipped
 * if it was not judged. A run that was ended early says little, so it has one more case, which is
 * an error; so has one that was not judged, if wanted.
 */
final class ReportJunit {
    private static final String SUITE = "callclient.soak";
    private static final String INTERRUPTED = "interrupted";
    private static final String NOT_JUDGED = "not-judged";

    private final XMLStreamWriter xml;

    private ReportJunit(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(SoakReport report, boolean openIsError) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new ReportJunit(xml).suite(report, openIsError);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can be written to", e);
        }
        return text.append('\n').toString();
    }

    private void suite(SoakReport report, boolean openIsError) throws XMLStreamException {
        boolean open = openIsError && report.verdict() == SoakReport.Verdict.NOT_JUDGED;
        int errors = report.interrupted() || open ? 1 : 0;
        xml.writeStartDocument("UTF-8", "1.0");
        begin(
                "testsuite",
                "name",
                SUITE,
                "tests",
                Integer.toString(report.gates().size() + errors),
                "failures",
                Long.toString(report.count(Gate.Verdict.RED)),
                "errors",
                Integer.toString(errors),
                "skipped",
                Long.toString(report.count(Gate.Verdict.NOT_JUDGED)),
                "time",
                String.format(Locale.ROOT, "%.3f", report.elapsedSeconds()),
                "timestamp",
                report.startedAt());
        begin("properties");
        for (Map.Entry<String, String> setting : report.settings().entrySet()) {
            begin("property", "name", setting.getKey(), "value", setting.getValue());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        for (Gate gate : report.gates()) {
            testCase(gate);
        }
        if (report.interrupted()) {
            error(INTERRUPTED, "the run ended before everything could be judged", report);
        } else if (open) {
            error(NOT_JUDGED, "the run was not judged", report);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /** Named by its ID, so that a server can follow it over many runs. */
    private void testCase(Gate gate) throws XMLStreamException {
        begin("testcase", "classname", SUITE, "name", gate.id(), "time", "0");
        String found = gate.title() + ": " + gate.measured() + " (must be: " + gate.limitInWords() + ")";
        switch (gate.verdict()) {
            case RED -> {
                begin("failure", "type", "gate", "message", found);
                xml.writeCharacters(valid(gate.note().isEmpty() ? found : found + "\n" + gate.note()));
                xml.writeEndElement();
            }
            case NOT_JUDGED -> {
                begin("skipped", "message", gate.title() + ": " + gate.note());
                xml.writeEndElement();
            }
            case HOLDS -> {
                begin("system-out");
                xml.writeCharacters(valid(found));
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    private void error(String name, String message, SoakReport report) throws XMLStreamException {
        begin("testcase", "classname", SUITE, "name", name, "time", "0");
        begin("error", "type", name, "message", message);
        xml.writeCharacters(valid(report.verdictInWords()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void begin(String element, String... attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], valid(attributes[i + 1]));
        }
    }

    /** Removes characters that XML 1.0 §2.2 does not allow. */
    private static String valid(String text) {
        return text.codePoints()
                .map(point -> isChar(point) ? point : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isChar(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= ' ' && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point > 0xFFFF;
    }
}
