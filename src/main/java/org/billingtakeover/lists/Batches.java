package org.billingtakeover.lists;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A list's lines in batches; while whoever asks works on one, the following one is read. Closing waits until nobody reads any more. */
final class Batches implements Closeable {

    /** @param percentRead how much of the file is read with these lines, 0 to 100 */
    record Batch(List<ListLine> lines, int percentRead) {}

    private final AccountListReader.Lines lines;
    private final int size;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> new Thread(task, "list"));
    private CompletableFuture<Batch> following;

    /** Nobody else may ask for lines until this is closed. */
    Batches(AccountListReader.Lines lines, int size) {
        this.lines = lines;
        this.size = size;
        following = readFollowing();
    }

    /** The next one; without lines at the end. Throws what reading its lines threw. */
    Batch next() {
        Batch batch;
        try {
            batch = following.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reading ? reading : e;
        }
        following = readFollowing();
        return batch;
    }

    @Override
    public void close() {
        following.handle((batch, fault) -> true).join();
        reader.shutdown();
    }

    private CompletableFuture<Batch> readFollowing() {
        return CompletableFuture.supplyAsync(this::read, reader);
    }

    private Batch read() {
        List<ListLine> batch = new ArrayList<>(size);
        while (batch.size() < size && lines.hasNext()) {
            batch.add(lines.next());
        }
        return new Batch(batch, lines.percentRead());
    }
}
