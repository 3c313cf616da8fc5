// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.xml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Parses small XML documents from untrusted sources. The platform's parsers differ in what they can
 * be configured to refuse; Android's has hardly any of the switches. So this class searches for a
 * document type declaration before parsing and refuses it, and with it every entity but the five of
 * XML itself. Documents are UTF-8; size, depth and number of elements are bounded.
 */
public final class HardenedXml {
    private static final int DEEPEST = 16;
    private static final int MOST_ELEMENTS = 10_000;

    private HardenedXml() {}

    /** A document was refused. The message contains nothing of its content. */
    public static final class XmlRefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        XmlRefusedException(String why) {
            super(why);
        }
    }

    /** @param largest the largest accepted size in bytes */
    public static XmlElement parse(byte[] document, int largest) throws XmlRefusedException {
        return parse(document, largest, MOST_ELEMENTS);
    }

    /**
     * @param largest the largest accepted size in bytes
     * @param mostElements the most elements, for a kind of document that may have more than 10,000
     */
    public static XmlElement parse(byte[] document, int largest, int mostElements) throws XmlRefusedException {
        if (document.length > largest) {
            throw new XmlRefusedException("too large");
        }
        String text = decode(document);
        refuseDeclarations(text);
        TreeBuilder builder = new TreeBuilder(mostElements);
        read(text, builder);
        XmlElement root = builder.root;
        if (root == null) {
            throw new XmlRefusedException("empty");
        }
        return root;
    }

    /**
     * Parses on a thread of its own, which ends afterwards. The JDK's parser keeps its buffers,
     * with the text it last read, for the thread it ran on, and a document may contain a password.
     */
    private static void read(String text, TreeBuilder builder) throws XmlRefusedException {
        FutureTask<@Nullable Void> reading = new FutureTask<>(() -> {
            readHere(text, builder);
            return null;
        });
        Thread thread = new Thread(reading, "callclient-xml");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    reading.get();
                    // The thread has released its buffers only when it has ended.
                    thread.join();
                    return;
                } catch (InterruptedException e) {
                    // The document is bounded, and so is this wait.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof XmlRefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException("the platform's reader failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void readHere(String text, TreeBuilder builder) throws XmlRefusedException {
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setValidating(false);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            reader.setContentHandler(builder);
            reader.setErrorHandler(builder);
            reader.setEntityResolver(builder);
            reader.parse(new InputSource(new StringReader(text)));
        } catch (SAXException e) {
            throw new XmlRefusedException("not well-formed, too deep or too many elements");
        } catch (IOException | ParserConfigurationException e) {
            throw new XmlRefusedException("cannot be read");
        }
    }

    private static String decode(byte[] document) throws XmlRefusedException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new XmlRefusedException("not UTF-8");
        }
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int end = body.startsWith("<?xml") ? body.indexOf("?>") : -1;
        String declaration = end < 0 ? "" : body.substring(0, end).toLowerCase(Locale.ROOT);
        if (declaration.contains("encoding") && !declaration.contains("utf-8") && !declaration.contains("us-ascii")) {
            throw new XmlRefusedException("not UTF-8");
        }
        return body;
    }

    /**
     * {@code <!} starts a comment, a CDATA section, or a declaration (XML 1.0 §2.8, §4.2). This
     * also refuses what looks like a declaration inside a comment: no document needs that, and
     * attackers exploit filters that try to tell the two apart.
     */
    private static void refuseDeclarations(String text) throws XmlRefusedException {
        for (int at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at + 2)) {
            if (!text.startsWith("--", at + 2) && !text.startsWith("[CDATA[", at + 2)) {
                throw new XmlRefusedException("a declaration");
            }
        }
    }

    private static final class TreeBuilder extends DefaultHandler {
        private final int mostElements;
        private final Deque<XmlElement> open = new ArrayDeque<>();
        private @Nullable XmlElement root;
        private int elements;

        TreeBuilder(int mostElements) {
            this.mostElements = mostElements;
        }

        @Override
        public void startElement(String uri, String localName, String qualifiedName, Attributes attributes)
                throws SAXException {
            if (++elements > mostElements || open.size() >= DEEPEST) {
                throw new SAXException("out of bounds");
            }
            XmlElement element = new XmlElement(uri, localName);
            for (int i = 0; i < attributes.getLength(); i++) {
                element.put(attributes.getURI(i), attributes.getLocalName(i), attributes.getValue(i));
            }
            XmlElement parent = open.peek();
            if (parent == null) {
                root = element;
            } else {
                parent.add(element);
            }
            open.push(element);
        }

        @Override
        public void endElement(String uri, String localName, String qualifiedName) {
            open.pop();
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            XmlElement element = open.peek();
            if (element != null) {
                element.append(characters, start, length);
            }
        }

        /**
         * Never called, because nothing can refer to an external entity. If a parser calls it
         * anyway, it gets nothing.
         */
        @Override
        public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) {
            return new InputSource(new StringReader(""));
        }

        /** Overrides the platform's handler, which would print to the console. */
        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
