//! The program: hands over to the library and returns its exit status.

fn main() -> std::process::ExitCode {
    coalition::run()
}
