import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.springframework.asm.Attribute;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;

/**
 * Takes the names of local variables out of the libraries' classes in a jar: only debuggers ask for them, and the JVM holds
 * each in memory (docs/decisions/0087). Line numbers, parameters' names and annotations stay, and so do Mehari's own classes.
 */
final class SlimJar {
    private static final String OWN = "dev/mehari/";

    public static void main(String[] jar) throws IOException {
        Path file = Path.of(jar[0]);
        Path slim = Path.of(file + ".slim");
        try (var from = ZipFile.builder().setPath(file).get();
                var to = new ZipArchiveOutputStream(slim)) {
            Collections.list(from.getEntriesInPhysicalOrder()).parallelStream()
                    .map(entry -> read(from, entry))
                    .forEachOrdered(content -> content.addTo(to));
        }
        Files.move(slim, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Content read(ZipFile jar, ZipArchiveEntry entry) {
        try {
            if (!entry.getName().endsWith(".class") || entry.getName().startsWith(OWN)) {
                try (InputStream raw = jar.getRawInputStream(entry)) {
                    return new Content(entry, raw.readAllBytes());
                }
            }
            try (InputStream bytes = jar.getInputStream(entry)) {
                return deflated(entry, slim(bytes.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(entry.getName(), e);
        }
    }

    private static byte[] slim(byte[] original) {
        // A writer of its own, not the reader's copy, keeps no constant that nobody names any more.
        var slim = new ClassWriter(0);
        new ClassReader(original).accept(new WithoutLocalVariables(slim), 0);
        return slim.toByteArray();
    }

    private static Content deflated(ZipArchiveEntry original, byte[] bytes) throws IOException {
        var entry = new ZipArchiveEntry(original.getName());
        entry.setTime(original.getTime());
        entry.setMethod(ZipArchiveEntry.DEFLATED);
        entry.setSize(bytes.length);
        var crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        var out = new ByteArrayOutputStream(bytes.length);
        try (var deflating = new DeflaterOutputStream(out, deflater)) {
            deflating.write(bytes);
        } finally {
            deflater.end();
        }
        entry.setCompressedSize(out.size());
        return new Content(entry, out.toByteArray());
    }

    /** An entry as it stands in the jar, compressed. */
    private record Content(ZipArchiveEntry entry, byte[] raw) {
        void addTo(ZipArchiveOutputStream jar) {
            try {
                jar.addRawArchiveEntry(entry, new ByteArrayInputStream(raw));
            } catch (IOException e) {
                throw new UncheckedIOException(entry.getName(), e);
            }
        }
    }

    private static final class WithoutLocalVariables extends ClassVisitor {
        WithoutLocalVariables(ClassVisitor next) {
            super(SpringAsmInfo.ASM_VERSION, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
            return new MethodVisitor(api, super.visitMethod(access, name, type, signature, thrown)) {
                @Override
                public void visitLocalVariable(String name, String type, String signature, Label from, Label to, int index) {}
            };
        }

        @Override
        public void visitAttribute(Attribute unknown) {
            // Would name constants by their old places.
        }
    }
}
