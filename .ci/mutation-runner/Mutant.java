// SPDX-License-Identifier: Apache-2.0
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A patch and its header; {@code tests} are simple class names, some with {@code #method}. */
record Mutant(String name, Path patch, Map<String, String> header, List<String> tests, List<String> files) {
    private static Mutant read(Path patch) {
        Map<String, String> header = new TreeMap<>();
        List<String> files = new ArrayList<>();
        boolean inHeader = true;
        for (String line : FileTree.text(patch).lines().toList()) {
            if (line.startsWith("diff --git ") || line.startsWith("--- ")) {
                inHeader = false;
            }
            if (inHeader && line.matches("[A-Z][a-z]+: .*")) {
                header.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip());
            } else if (line.startsWith("+++ b/")) {
                files.add(line.substring("+++ b/".length()).split("\t")[0]);
            }
        }
        List<String> tests = Arrays.stream(header.getOrDefault("Tests", "").split(","))
                .map(String::strip)
                .filter(test -> !test.isEmpty())
                .toList();
        return new Mutant(patch.getFileName().toString().replaceAll("\\.patch$", ""), patch, header, tests, files);
    }

    /** All of a folder, by name. */
    static List<Mutant> in(Path folder) {
        return FileTree.files(folder).stream()
                .filter(file -> file.toString().endsWith(".patch"))
                .map(Mutant::read)
                .sorted(Comparator.comparing(Mutant::name))
                .toList();
    }

    /** The promises, or sections of RFCs, that it breaks. */
    String breaks() {
        return header.getOrDefault("Breaks", "?");
    }

    /** What is wrong with it, or nothing. */
    String defect() {
        for (String field : List.of("Breaks", "What", "Tests")) {
            if (header.getOrDefault(field, "").isEmpty()) {
                return "\"" + field + ":\" is missing";
            }
        }
        if (files.isEmpty() || !files.stream().allMatch(file -> file.matches(".+/src/main/(java/.+\\.java|kotlin/.+\\.kt)"))) {
            return "it must change Java or Kotlin of src/main, and nothing else";
        }
        return "";
    }
}
