// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.xml;

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
 * Reads small XML documents of strangers. The platform's parsers differ in what they can be told to refuse (Android's knows hardly any of
 * the switches), so that what is dangerous never reaches them: a document type declaration, and with it every entity but the five of
 * XML itself, is looked for before parsing. Documents are UTF-8; size, depth and number of elements are bounded.
 */
public final class HardenedXml {
    private static final int DEEPEST = 16;
    private static final int MOST_ELEMENTS = 10_000;

    private HardenedXml() {}

    /** Why a document was not read. Says nothing of its content. */
    public static final class XmlRefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        XmlRefusedException(String why) {
            super(why);
        }
    }

    /** @param largest size in bytes that is looked at */
    public static XmlElement parse(byte[] document, int largest) throws XmlRefusedException {
        return parse(document, largest, MOST_ELEMENTS);
    }

    /**
     * @param largest size in bytes that is looked at
     * @param mostElements for a kind of document that may have more than 10,000
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
     * The JDK's reader keeps its buffers, and in them what it last read, for the thread that it ran on. A document may hold a password, so
     * that the thread ends with the reading.
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
                    // The thread has let go of everything only when it has ended.
                    thread.join();
                    return;
                } catch (InterruptedException e) {
                    // The document is bounded, and so is the wait.
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
     * {@code <!} begins a comment, a CDATA section, or a declaration (XML 1.0 §2.8, §4.2). What looks like one inside a comment is
     * refused too: nobody needs it, and telling the two apart is where filters are tricked.
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

        /** Never asked, since nothing can refer to an external entity; if a parser asks all the same, it gets nothing. */
        @Override
        public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) {
            return new InputSource(new StringReader(""));
        }

        /** The platform's own would print to the console. */
        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
