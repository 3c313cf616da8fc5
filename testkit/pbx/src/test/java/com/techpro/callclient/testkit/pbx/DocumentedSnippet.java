// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** An example of the documentation as it stands there: thirty lines at most, and compiled. */
final class DocumentedSnippet {
    private static final int MOST_LINES = 30;

    private DocumentedSnippet() {}

    /**
     * One that is the body of a method.
     *
     * @param page from the root of the repository
     * @param name as the page marks it
     * @param signature of the public static method that the example becomes the body of
     * @param ending what the method ends with
     * @param classes where the class goes
     */
    static void compile(String page, String name, String type, String signature, String ending, Path classes)
            throws IOException {
        compile(
                type,
                "public class " + type + " {\n" + "public static " + signature + " {\n" + read(page, name) + ending
                        + "\n}\n}\n",
                classes);
    }

    /** One that is a class of that name. */
    static void compileClass(String page, String name, String type, Path classes) throws IOException {
        compileClass(page, name, type, body -> body, classes);
    }

    /** As above, with what the page leaves out. */
    static void compileClass(String page, String name, String type, UnaryOperator<String> completed, Path classes)
            throws IOException {
        compile(type, completed.apply(read(page, name)), classes);
    }

    static String read(String page, String name) throws IOException {
        Matcher snippet = Pattern.compile("<!-- snippet: " + name + " -->\\s*```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(root().resolve(page)));
        assertThat(snippet.find()).as(page + " has " + name).isTrue();
        assertThat(snippet.group(1).lines()).as("lines of " + name).hasSizeLessThanOrEqualTo(MOST_LINES);
        return snippet.group(1);
    }

    /** What is written here, with what examples import. */
    static void compile(String type, String body, Path classes) {
        String source = "import com.techpro.callclient.engine.*;\n"
                + "import com.techpro.callclient.engine.call.*;\n"
                + "import com.techpro.callclient.engine.conference.*;\n"
                + "import com.techpro.callclient.engine.message.*;\n"
                + "import com.techpro.callclient.engine.presence.*;\n"
                + "import com.techpro.callclient.ports.phonesystem.*;\n"
                + "import com.techpro.callclient.ports.secret.*;\n"
                + "import com.techpro.callclient.testkit.contracts.LinkConditions;\n"
                + "import com.techpro.callclient.testkit.contracts.SimulatedNetwork;\n"
                + "import com.techpro.callclient.testkit.contracts.Sound;\n"
                + "import com.techpro.callclient.testkit.contracts.VirtualTime;\n"
                + "import com.techpro.callclient.testkit.pbx.*;\n"
                + "import com.techpro.callclient.testkit.pbx.fault.*;\n"
                + "import com.techpro.callclient.testkit.pbx.request.*;\n"
                + "import java.time.*;\n"
                + "import org.junit.jupiter.api.Test;\n"
                + "import org.junit.jupiter.api.extension.RegisterExtension;\n"
                + "import java.util.*;\n"
                + "import java.util.function.*;\n"
                + body;
        StringWriter messages = new StringWriter();
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + type + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };

        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, List.of("-d", classes.toString(), "-proc:none"), null, List.of(file))
                .call();

        assertThat(compiled).as(messages.toString()).isTrue();
    }

    /** Of the repository, from wherever in it the test runs. */
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve(".ci"))) {
            at = at.getParent();
        }
        return at;
    }
}
