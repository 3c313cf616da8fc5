// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Restricts access to the owner: 0600 and 0700, or an access list of one entry on Windows. The
 * Windows part has never been run yet.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** For creating the file: it must never be open to others. */
    static FileAttribute<?>[] fileAttributes(Path file) {
        if (supports(file, "posix")) {
            return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)};
        }
        return new FileAttribute<?>[0]; // inherited from the directory, which has an access list of one entry
    }

    /**
     * Creates the directory and its parents if missing, and removes everybody else's access to it.
     * Refuses a link in its place, because its creator would choose the directory. The parents may
     * be links.
     */
    static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = directory.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                if (supports(directory, "posix")) {
                    Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
                } else {
                    Files.createDirectory(directory);
                }
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                } // otherwise another process was a moment faster
            }
        }
        tighten(directory, DIRECTORY);
    }

    static void file(Path file) throws IOException {
        tighten(file, FILE);
    }

    private static void tighten(Path path, Set<PosixFilePermission> allowed) throws IOException {
        PosixFileAttributeView posix =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix != null) {
            Set<PosixFilePermission> present = posix.readAttributes().permissions();
            if (!allowed.containsAll(present)) {
                posix.setPermissions(allowed);
            }
            return;
        }
        AclFileAttributeView acl =
                Files.getFileAttributeView(path, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (acl != null && allowed.equals(DIRECTORY)) {
            acl.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                    .build()));
        }
    }

    private static boolean supports(Path path, String view) {
        return path.getFileSystem().supportedFileAttributeViews().contains(view);
    }
}
