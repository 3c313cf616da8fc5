// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documents are short, narrow enough to read, and name nothing that does not exist. */
class DocumentsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final int COLUMNS = 100;
    private static final int ROW_COLUMNS = 200;
    private static final int CELL_WORDS = 12;
    private static final int WORDS = 22_000;
    /** A link as long as this may make its line too long. */
    private static final int LONG_LINK = 50;

    private static final Pattern ANCHOR = Pattern.compile("((?:[\\w.-]+/)*[\\w.-]+\\.md)#([\\w-]+)");
    private static final Pattern TYPE =
            Pattern.compile("@?([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:[.#]([a-z]\\w*).*|[.#].*)?");
    private static final Pattern DECLARATION =
            Pattern.compile("\\b(?:class|interface|record|enum|object)\\s+([A-Z]\\w+)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern COMMAND = Pattern.compile("\\./callclient ([a-z][a-z-]+)");
    private static final Pattern FILE = Pattern.compile(
            "(?<![\\w/.-])(?:\\.ci|docs|docker|examples|testkit|engine-\\w+|adapters-\\w+)/[\\w./-]*\\w");
    /** Types of the JDK and of libraries. */
    private static final Set<String> FOREIGN = Set.of(
            "BeforeAll",
            "BeforeEach",
            "CompletionStage",
            "IllegalStateException",
            "SecurityException",
            "ServiceLoader",
            "SipFactory",
            "TempDir");

    private static List<Document> documents = List.of();
    private static List<Path> sources = List.of();

    private record Document(Path file, List<String> lines, Node root) {
        static Document read(Path file) {
            Parser parser = Parser.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                    .build();
            String text = text(file);
            return new Document(file, text.lines().toList(), parser.parse(text));
        }

        <T extends Node> List<T> all(Class<T> kind) {
            List<T> found = new ArrayList<>();
            collect(root, kind, found);
            return found;
        }

        Set<String> anchors() {
            Set<String> anchors = new TreeSet<>();
            for (Heading heading : all(Heading.class)) {
                String slug = words(heading)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                        .replace(' ', '-');
                int others = 0;
                for (String anchor = slug; !anchors.add(anchor); anchor = slug + "-" + others) {
                    others++;
                }
            }
            return anchors;
        }

        String name() {
            return ROOT.relativize(file).toString();
        }
    }

    @BeforeAll
    static void read() throws IOException {
        Predicate<Path> isDocument = file -> file.toString().endsWith(".md");
        List<Path> files = files();
        documents = files.stream().filter(isDocument).map(Document::read).toList();
        sources = files.stream().filter(isDocument.negate()).toList();
    }

    @Test
    void lines_fit_a_screen() {
        assertThat(documents.stream().flatMap(DocumentsTest::tooWide)).isEmpty();
    }

    private static Stream<String> tooWide(Document document) {
        Stream<SourceSpan> prose = Stream.of(Paragraph.class, Heading.class)
                .flatMap(kind -> document.all(kind).stream())
                .flatMap(block -> block.getSourceSpans().stream());
        Stream<String> lines = prose.map(span -> document.lines.get(span.getLineIndex()))
                .filter(line -> line.length() > COLUMNS && !line.startsWith("!["))
                .filter(line -> Arrays.stream(line.split(" ")).noneMatch(word -> word.length() >= LONG_LINK));
        Stream<String> rows =
                document.lines.stream().filter(line -> line.startsWith("|") && line.length() > ROW_COLUMNS);
        return Stream.concat(lines, rows).map(line -> document.name() + ": " + line);
    }

    @Test
    void a_table_cell_is_a_phrase() {
        assertThat(documents.stream()
                        .flatMap(document -> document.all(TableCell.class).stream()
                                .filter(cell -> count(cell) > CELL_WORDS)
                                .map(cell -> document.name() + ": " + words(cell))))
                .isEmpty();
    }

    @Test
    void all_documents_are_read_in_two_hours() {
        assertThat(documents.stream()
                        .flatMap(document -> Stream.of(Paragraph.class, Heading.class, TableCell.class)
                                .flatMap(kind -> document.all(kind).stream()))
                        .mapToInt(DocumentsTest::count)
                        .sum())
                .isLessThan(WORDS);
    }

    @Test
    void the_index_names_each_page() {
        String index = text(ROOT.resolve("docs/README.md"));
        assertThat(documents.stream()
                        .map(Document::file)
                        .filter(file -> file.getParent().equals(ROOT.resolve("docs")))
                        .map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals("README.md") && !index.contains("(" + name + ")")))
                .isEmpty();
    }

    @Test
    void links_lead_somewhere() {
        assertThat(documents.stream()
                        .flatMap(document -> Stream.concat(
                                        document.all(Link.class).stream().map(Link::getDestination),
                                        document.all(Image.class).stream().map(Image::getDestination))
                                .filter(destination -> !destination.contains(":"))
                                .filter(destination -> !exists(document, destination))
                                .map(destination -> document.name() + ": " + destination)))
                .isEmpty();
    }

    private static boolean exists(Document from, String destination) {
        String[] parts = destination.split("#", 2);
        Path file = parts[0].isEmpty()
                ? from.file
                : from.file.resolveSibling(parts[0]).normalize();
        return Files.exists(file) && (parts.length == 1 || hasAnchor(file, parts[1]));
    }

    private static boolean hasAnchor(Path file, String anchor) {
        return documents.stream()
                .anyMatch(document ->
                        document.file.equals(file) && document.anchors().contains(anchor));
    }

    @Test
    void sections_that_sources_name_exist() {
        List<String> dead = new ArrayList<>();
        for (Path source : sources) {
            for (MatchResult link :
                    (Iterable<MatchResult>) ANCHOR.matcher(text(source)).results()::iterator) {
                boolean alive = Stream.of(ROOT, ROOT.resolve("docs"), source.getParent())
                        .anyMatch(folder ->
                                hasAnchor(folder.resolve(link.group(1)).normalize(), link.group(2)));
                if (!alive) {
                    dead.add(ROOT.relativize(source) + ": " + link.group());
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void types_and_methods_that_are_named_exist() {
        List<String> code = sources.stream()
                .filter(file ->
                        file.toString().endsWith(".java") || file.toString().endsWith(".kt"))
                .map(DocumentsTest::text)
                .toList();
        Set<String> declared = code.stream()
                .flatMap(text -> DECLARATION.matcher(text).results())
                .map(declaration -> declaration.group(1))
                .collect(Collectors.toSet());
        List<String> unknown = new ArrayList<>();
        for (Document document : documents) {
            for (Code literal : document.all(Code.class)) {
                var type = TYPE.matcher(literal.getLiteral());
                if (type.matches() && !FOREIGN.contains(type.group(1))) {
                    String member = type.group(2);
                    if (!declared.contains(type.group(1))) {
                        unknown.add(document.name() + ": " + literal.getLiteral());
                    } else if (member != null
                            && code.stream().noneMatch(text -> declares(text, type.group(1), member))) {
                        unknown.add(document.name() + ": " + literal.getLiteral());
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean declares(String text, String type, String member) {
        return text.contains(" " + type)
                && Pattern.compile("\\b" + member).matcher(text).find();
    }

    @Test
    void commands_options_and_files_that_are_named_exist() {
        String options = sources.stream().map(DocumentsTest::text).collect(Collectors.joining("\n"));
        String commands = sources.stream()
                .filter(file -> file.startsWith(ROOT.resolve("testkit/cli/src/main")))
                .map(DocumentsTest::text)
                .collect(Collectors.joining("\n"));
        List<String> unknown = new ArrayList<>();
        for (Document document : documents) {
            Stream<String> literals = Stream.concat(
                    document.all(Code.class).stream().map(Code::getLiteral),
                    document.all(FencedCodeBlock.class).stream()
                            .flatMap(block -> block.getLiteral().lines()));
            for (String literal : literals.toList()) {
                boolean ours = literal.startsWith("--") || literal.contains("callclient ");
                missing(OPTION, ours ? literal : "", option -> options.contains(option.group()))
                        .or(() ->
                                missing(COMMAND, literal, command -> commands.contains("\"" + command.group(1) + "\"")))
                        .or(() -> missing(FILE, literal, file -> isThere(document, file.group())))
                        .ifPresent(missing -> unknown.add(document.name() + ": " + missing + " in " + literal));
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** What a build makes is not looked for. */
    private static boolean isThere(Document document, String file) {
        return file.contains("/target/")
                || Files.exists(ROOT.resolve(file))
                || Files.exists(document.file.resolveSibling(file));
    }

    private static Optional<String> missing(Pattern pattern, String text, Predicate<MatchResult> exists) {
        return pattern.matcher(text)
                .results()
                .filter(exists.negate())
                .map(MatchResult::group)
                .findFirst();
    }

    private static <T extends Node> void collect(Node node, Class<T> kind, List<T> found) {
        if (kind.isInstance(node)) {
            found.add(kind.cast(node));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child, kind, found);
        }
    }

    private static int count(Node node) {
        return (int) Arrays.stream(words(node).split("\\s+"))
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                .count();
    }

    /** What is read of a block, its code too. */
    private static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak lineBreak) {
                words.append(' ');
            }
        });
        return words.toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the repository, not what a build makes. */
    private static List<Path> files() throws IOException {
        Set<String> made = Set.of("target", ".git", "node_modules", ".gradle", "build", "images");
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return made.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString()
                        .matches(
                                ".*(\\.(md|java|kt|kts|xml|patch|jmx|html|js|sh|yml|yaml|txt|py)|/callclient|/\\.ci/[^.]*)")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
