import CProcessors
import Foundation
import Record
import Synchronization
import Testing

@Suite("A thread beside its caller")
struct BesideThreadTests {
    @Test("Work is done in the order it was given in, all of it, though its owner lets go of the thread at once")
    func order() async throws {
        let done = Mutex<[Int]>([])
        await withCheckedContinuation { continuation in
            let thread = BesideThread(name: "test")
            for number in 0..<500 { thread.async { done.withLock { $0.append(number) } } }
            thread.async { continuation.resume() }
        }
        #expect(done.withLock { $0 } == Array(0..<500))
    }

    @Test("One thread does it all, and it is not the caller's")
    func oneThread() async throws {
        let threads = Mutex<Set<Int32>>([])
        let own = cprocessors_this_thread()
        await withCheckedContinuation { continuation in
            let thread = BesideThread(name: "test")
            for _ in 0..<50 { thread.async { _ = threads.withLock { $0.insert(cprocessors_this_thread()) } } }
            thread.async { continuation.resume() }
        }
        #expect(threads.withLock { $0.count == 1 && !$0.contains(own) })
    }

    @Test("The thread ends once its owner has let go of it")
    func end() async throws {
        let number = await withCheckedContinuation { continuation in
            BesideThread(name: "test").async { continuation.resume(returning: cprocessors_this_thread()) }
        }
        for _ in 0..<500 where FileManager.default.fileExists(atPath: "/proc/self/task/\(number)") {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(!FileManager.default.fileExists(atPath: "/proc/self/task/\(number)"))
    }

    @Test("A thread that there is none of is an error and nothing more (sched_setaffinity(2))")
    func noThread() throws {
        let allowed = try String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8).split(separator: "\n")
            .first { $0.hasPrefix("Cpus_allowed_list:") }.map { $0.dropFirst(18).trimmingCharacters(in: .whitespaces) }
        // On one processor there is nothing to choose from, and nothing is asked of the kernel.
        let hasChoice = try #require(allowed).contains { ",-".contains($0) }
        #expect((cprocessors_keep_off_mine(.max) != 0) == hasChoice)
    }
}
